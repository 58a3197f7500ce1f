/** Who looks at it, over the picture: whoever films the screen has their own name on the film. */
export function Watermark({ text }: { text: string }) {
  return (
    <div className="replay-watermark" aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((place) => (
        <span key={place} data-text={text} />
      ))}
    </div>
  );
}
