/** Whether scripts may begin. */
export interface StopGate {
  isStopped(): boolean;
  /** A stop was heard of. */
  stop(): void;
  /** Names this moment: what is asked from now on knows of all stops before. */
  mark(): number;
  /** What a check-in answered that was asked at a mark. It does not lift a stop that came after it was asked. */
  learn(stopped: boolean, mark: number): void;
}

/** Stopped until a check-in says otherwise. */
export function createStopGate(): StopGate {
  let isStopped = true;
  let stops = 0;
  return {
    isStopped: () => isStopped,
    stop() {
      isStopped = true;
      stops += 1;
    },
    mark: () => stops,
    learn(stopped, mark) {
      if (stopped || mark === stops) isStopped = stopped;
    },
  };
}
