/** Roles that an agent can have beside the plan: a second planner would have nothing to plan. */
export const workRoles = (names: Iterable<string>): readonly string[] => [...names].filter(name => name !== 'planner');
