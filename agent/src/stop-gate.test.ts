import { expect, it } from 'vitest';
import { createStopGate } from './stop-gate.ts';

it('is closed until a check-in opens it, and again from each stop on', () => {
  const gate = createStopGate();
  expect(gate.isStopped()).toBe(true);
  gate.learn(false, gate.mark());
  expect(gate.isStopped()).toBe(false);
  gate.stop();
  expect(gate.isStopped()).toBe(true);
  gate.learn(false, gate.mark());
  expect(gate.isStopped()).toBe(false);
});

it('is not opened by an answer to a question that was asked before the stop', () => {
  const gate = createStopGate();
  const asked = gate.mark();
  gate.stop();
  gate.learn(false, asked);
  expect(gate.isStopped()).toBe(true);
});
