// Whom the tests sign in as, and what they find: the constants of server/src/demo.

/** Somebody with an account. */
export interface Person {
  /** What they sign in with, and how the audit log names them. */
  username: string;
  /** How others see them: the name of their main character. */
  name: string;
}

export const PASSWORD = "muster-demo-pass";

export const member: Person = { username: "mika", name: "Mika Tanaka" };
export const leader: Person = { username: "leila", name: "Leila Benali" };
export const manager: Person = { username: "marek", name: "Marek Havel" };
export const staff: Person = { username: "stella", name: "Stella Okafor" };
export const superuser: Person = { username: "ada", name: "Ada Vestergaard" };

/**
 * Closed groups that the leader leads and the member neither is in nor has asked for. Each test that asks takes one of
 * its own, so that none depends on what another left behind.
 */
export const led = {
  join: "Logistics Wing",
  withoutJavaScript: "Capital Pilots",
  live: "Scouts and Probers",
  together: "Fleet Commanders",
  withdraw: "Doctrine Council",
  keyboard: "Strategic Reserve",
};

/** Groups the leader leads in which at least ten wait. Each test that decides takes one of its own. */
export const queues = {
  keys: "Strategic Reserve",
  many: "Fleet Commanders",
  faults: "Logistics Wing",
  arrives: "Doctrine Council",
  plain: "Capital Pilots",
};
