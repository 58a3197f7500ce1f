/** How well a person's line carries the call, in the three steps that people are told. */
export type LinkQuality = 'good' | 'fair' | 'poor';

export interface LineSample {
  /** Share of packets lost, 0 to 1. */
  lossFraction: number | null;
  rttMs: number | null;
}

const ORDER: readonly LinkQuality[] = ['good', 'fair', 'poor'];

/** Loss as in the Jitsi handbook's table (good below 6 %, poor from 12 %); delay: from 400 ms talk turns awkward (ITU-T G.114), from 1 s it breaks. */
export function rateLine({ lossFraction, rttMs }: LineSample): LinkQuality {
  const loss = lossFraction ?? 0;
  const rtt = rttMs ?? 0;
  if (loss >= 0.12 || rtt >= 1000) return 'poor';
  if (loss >= 0.06 || rtt >= 400) return 'fair';
  return 'good';
}

/** mediasoup's score of a stream, 0 (nothing arrives) to 10 (all of it), counted over its last ten or so receiver reports. */
export function rateScore(score: number): LinkQuality {
  if (score >= 8) return 'good';
  return score >= 5 ? 'fair' : 'poor';
}

export function worst(ratings: readonly LinkQuality[]): LinkQuality {
  return ratings.reduce<LinkQuality>((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), 'good');
}

const WORSE_AFTER = 2;
const BETTER_AFTER = 4;

/** Steadies a rating: it gets worse after two samples in a row that say so, better after four; a single bad moment changes nothing. */
export function createQualityJudge(): { observe(rating: LinkQuality): LinkQuality; readonly quality: LinkQuality } {
  let quality: LinkQuality = 'good';
  let run: LinkQuality[] = [];
  const isWorse = (rating: LinkQuality) => ORDER.indexOf(rating) > ORDER.indexOf(quality);
  return {
    observe(rating) {
      if (rating === quality) {
        run = [];
        return quality;
      }
      if (run[0] !== undefined && isWorse(run[0]) !== isWorse(rating)) run = [];
      run.push(rating);
      if (run.length >= (isWorse(rating) ? WORSE_AFTER : BETTER_AFTER)) {
        // The mildest of the run: two samples of "poor" and "fair" prove no more than "fair".
        quality = isWorse(rating) ? mildest(run) : worst(run);
        run = [];
      }
      return quality;
    },
    get quality() {
      return quality;
    },
  };
}

const mildest = (ratings: readonly LinkQuality[]): LinkQuality =>
  ratings.reduce<LinkQuality>((a, b) => (ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a), 'poor');
