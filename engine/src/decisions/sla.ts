import { type SeverityLevel, severityLevels } from './severity.ts';

/** A row of a fleet's own table: everything it names must be so. */
export interface SlaRule {
  /** This level or above. */
  minimumSeverity?: SeverityLevel;
  isKnownExploited?: true;
  /** EPSS probability, 0 to 1. */
  minimumProbability?: number;
  days: number;
}

/** What is known of a vulnerability; undefined where nobody knows. */
export interface SlaInputs {
  severity?: SeverityLevel;
  isKnownExploited: boolean;
  probability?: number;
}

/** In how many days it is to be mended: the shortest time of all rules that hold; null where none does. */
export function slaDays(rules: readonly SlaRule[], inputs: SlaInputs): number | null {
  const days = rules.filter((rule) => holds(rule, inputs)).map((rule) => rule.days);
  return days.length === 0 ? null : Math.min(...days);
}

/** What nobody knows meets no condition: a rule without conditions is for everything. */
function holds(rule: SlaRule, { severity, isKnownExploited, probability }: SlaInputs): boolean {
  if (rule.isKnownExploited && !isKnownExploited) return false;
  if (rule.minimumProbability !== undefined && !(Number(probability) >= rule.minimumProbability)) return false;
  if (rule.minimumSeverity === undefined) return true;
  return severity !== undefined && severityLevels.indexOf(severity) >= severityLevels.indexOf(rule.minimumSeverity);
}
