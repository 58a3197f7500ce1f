const WATCHED = ['camera', 'microphone'] as const;

/** Calls back when the person changes the browser's permission for camera or microphone; browsers that cannot tell never call. */
export function watchPermissions(changed: () => void): () => void {
  const stops: (() => void)[] = [];
  let stopped = false;
  for (const name of WATCHED) {
    navigator.permissions?.query({ name: name as PermissionName }).then(
      (status) => {
        if (stopped) return;
        const listen = () => {
          if (status.state === 'granted') changed();
        };
        status.addEventListener('change', listen);
        stops.push(() => status.removeEventListener('change', listen));
      },
      () => {
        // Firefox before 132 does not know these names; the button "try again" is there for it.
      },
    );
  }
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
}
