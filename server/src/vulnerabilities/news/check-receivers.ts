import { invalid } from '../../kernel/errors.ts';
import { isComplete, systemNames, systems } from '../tickets/systems.ts';

type Part = Record<string, unknown>;

/**
 * What settings must say of those who are told of vulnerabilities: the contract lets only one kind of them be enabled.
 * @throws AppError `validation_failed`
 */
export function checkReceivers(webhooks: Part, integrations: Part): void {
  const hook = webhooks.vulnerabilities_webhook as Part | undefined;
  const enabled = hook?.enable_vulnerabilities_webhook === true ? ['the webhook'] : [];
  for (const name of systemNames) {
    const all = (integrations[name] ?? []) as Part[];
    const on = all.filter((one) => one.enable_software_vulnerabilities === true);
    for (const one of on) {
      if (isComplete(name, one)) continue;
      throw invalid(`integrations.${name}`, `must have ${systems[name].needs.join(', ')} to be enabled`);
    }
    if (on.length > 0) enabled.push(name);
  }
  if (enabled.length < 2) return;
  throw invalid('integrations', `only one may be told of vulnerabilities, not ${enabled.join(' and ')}`);
}
