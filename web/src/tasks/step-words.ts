const steps: Record<string, string> = {
  pre_install_query: 'Query before the installation',
  install: 'Install script',
  post_install: 'Script after the installation',
  rollback: 'Roll back',
  uninstall: 'Uninstall script',
  script: 'Script',
};

/** A step of an attempt in plain words. */
export const stepName = (step: string): string => steps[step] ?? step.replaceAll('_', ' ');

const outcomes: Record<string, string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  interrupted: 'was interrupted, the host went down in the middle',
};

/** How an attempt ended, as the host says. */
export const outcomeWords = (outcome: string): string => outcomes[outcome] ?? outcome.replaceAll('_', ' ');
