import { chooseDrawer, type DrawerName, type GpuProbe, isSoftwareRenderer } from './drawer-choice.ts';

const FRAMES = 5;
const TILES = 48;
const [WIDTH, HEIGHT, TILE_PX] = [1024, 768, 256] as const;

const VERTEX = `attribute vec2 corner; uniform vec2 shift; varying vec2 place;
void main() { place = corner; gl_Position = vec4(corner * 0.5 + shift, 0.0, 1.0); }`;
const FRAGMENT = `precision mediump float; varying vec2 place; uniform sampler2D tile;
void main() { gl_FragColor = texture2D(tile, place); }`;

let decided: DrawerName | undefined;

/** Decided once: the machine does not change while the page is open. */
export function drawerOfThisMachine(): DrawerName {
  decided ??= chooseDrawer(probeGpu());
  return decided;
}

/** The graphics card failed while it drew (drivers do when a laptop wakes up): it is not tried again. */
export function giveUpGpu(): void {
  decided = 'canvas';
}

function probeGpu(): GpuProbe {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const gl = canvas.getContext('webgl', { failIfMajorPerformanceCaveat: true, antialias: false });
  if (!gl) return { renderer: undefined, frameMs: [] };
  try {
    const renderer = rendererName(gl);
    return { renderer, frameMs: isSoftwareRenderer(renderer) ? [] : timeFrames(gl) };
  } finally {
    // Browsers allow a page few contexts, and give this one back only when they feel like it.
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function rendererName(gl: WebGLRenderingContext): string {
  const plain = String(gl.getParameter(gl.RENDERER));
  // Firefox tells the name there and warns of the extension; the others hide it behind the extension.
  if (!/^webkit webgl$/i.test(plain)) return plain;
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return extension ? String(gl.getParameter(extension.UNMASKED_RENDERER_WEBGL)) : plain;
}

/** Empty where the card cannot even do this. */
function timeFrames(gl: WebGLRenderingContext): number[] {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return [];
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, 'corner');
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return [];
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's word, not React's
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  const texels = new Uint8Array(TILE_PX * TILE_PX * 4).fill(200);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, TILE_PX, TILE_PX, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  const shift = gl.getUniformLocation(program, 'shift');
  const pixel = new Uint8Array(4);
  const frame = (): number => {
    const beganMs = performance.now();
    for (let index = 0; index < TILES; index += 1) {
      gl.uniform2f(shift, ((index % 8) - 4) / 4, (index >> 3) / 3 - 1);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    }
    // Reading waits until all of it is drawn.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    return performance.now() - beganMs;
  };
  // The first ones compile.
  frame();
  frame();
  const frameMs = Array.from({ length: FRAMES }, frame);
  return gl.getError() === gl.NO_ERROR ? frameMs : [];
}
