/** Runs inside every page the benchmark opens, before anything of the page does. */
{
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });

  const isSoOnce = (isSo) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(look);
      function look() {
        if (!isSo()) return;
        observer.disconnect();
        resolve();
      }
      observer.observe(document, { childList: true, subtree: true, attributeFilter: ['href'] });
      look();
    });

  /** After the frame in which what is there now is drawn. */
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));

  /** The rows that are shown, by what they link to. */
  const rows = () => Array.from(document.querySelectorAll('[data-row] a[href]'), (link) => link.href).join(' ');

  globalThis.probe = {
    /** When the navigation had drawn this, and when the main thread had nothing to do for the first time after that. */
    async shown(selector) {
      await isSoOnce(() => document.querySelector(selector) !== null);
      await drawn();
      const shown = performance.now();
      await idle();
      return { shown, interactive: performance.now() };
    },

    /** From the next event of this kind until other rows than now are drawn. */
    async otherRows(kind) {
      const before = rows();
      let from;
      addEventListener(kind, (event) => (from ??= event.timeStamp), { capture: true, once: true });
      await isSoOnce(() => from !== undefined && rows() !== '' && rows() !== before);
      await drawn();
      return performance.now() - from;
    },

    /** Notes when frames begin, until the returned function ends it. */
    watchFrames() {
      const times = [];
      const began = performance.now();
      let next = requestAnimationFrame(function note(time) {
        times.push(time);
        next = requestAnimationFrame(note);
      });
      return () => {
        cancelAnimationFrame(next);
        const late = longTasks.filter(({ startTime }) => startTime >= began);
        return {
          frames: times.slice(1).map((time, i) => time - times[i]),
          longTasks: late.map(({ duration }) => duration),
          isAtEnd: Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight,
        };
      };
    },
  };
}
