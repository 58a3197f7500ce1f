import { z } from 'zod';

// Our policy forbids evaluating strings. Where zod may try, the browser refuses, and reads the whole bundle once more to say where.
z.config({ jitless: true });
