// Validates rendered TestRuns by the CRD's schema, in which no field is unknown, and lays
// out the scripts as they are mounted: `testruns.mjs CRD DIRECTORY`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const Ajv = require('ajv').default;
const { parse, parseAllDocuments } = require('yaml');

const [crd, directory] = process.argv.slice(2);
const { schema } = parse(readFileSync(crd, 'utf8')).spec.versions.find(({ served }) => served);
const isValid = new Ajv({ strict: false, validateFormats: false }).compile(strict(schema.openAPIV3Schema));
const documents = parseAllDocuments(readFileSync(`${directory}/rendered.yaml`, 'utf8')).map((each) => each.toJS());
const runs = documents.filter(({ kind }) => kind === 'TestRun');
const scripts = Object.fromEntries(documents.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata, data }) => [metadata.name, data]));

function strict(schema) {
  if (schema.properties) {
    Object.values(schema.properties).forEach(strict);
    schema.additionalProperties = false;
  }
  [schema.items, schema.additionalProperties].filter((each) => typeof each === 'object').forEach(strict);
  // of Kubernetes, not of JSON Schema
  if (schema['x-kubernetes-int-or-string']) {
    schema.type = ['integer', 'string'];
  }
  return schema;
}

// what the API server adds to a schema
schema.openAPIV3Schema.properties.metadata.additionalProperties = true;

function isHardened({ image, securityContext: pod, containerSecurityContext: container, automountServiceAccountToken }) {
  return /:\d/.test(image) && pod.runAsNonRoot && pod.seccompProfile.type === 'RuntimeDefault' && !container.allowPrivilegeEscalation &&
    container.readOnlyRootFilesystem && container.capabilities.drop.includes('ALL') && automountServiceAccountToken === 'false';
}

function layOut(volumes, mounts) {
  for (const { name, mountPath, subPath } of mounts) {
    const data = scripts[volumes.find((volume) => volume.name === name).configMap?.name] ?? {};
    for (const [key, text] of Object.entries(data).filter(([key]) => !subPath || key === subPath)) {
      const path = `${directory}${subPath ? mountPath : `${mountPath}/${key}`}`;
      mkdirSync(path.replace(/[^/]*$/, ''), { recursive: true });
      writeFileSync(path, text);
    }
  }
}

assert.deepEqual(runs.map(({ metadata }) => metadata.name).sort(), ['wsecho-drain', 'wsecho-hold', 'wsecho-load']);
for (const run of runs) {
  const { initializer, starter, runner } = run.spec;
  assert.ok(isValid(run), JSON.stringify(isValid.errors));
  assert.ok([initializer, starter, runner].every(isHardened), `${run.metadata.name} is not hardened`);
  for (const { volumes, volumeMounts } of [initializer, runner]) {
    layOut(volumes, volumeMounts);
  }
}
assert.ok(!isValid({ ...runs[0], spec: { ...runs[0].spec, runners: 1 } }), 'an unknown field is taken');
assert.ok(!isValid({ ...runs[0], spec: { script: {} } }), 'a missing field is not missed');
console.log(`${runs.length} TestRuns are valid by ${crd.replace(/.*(k6-operator@[^/]*).*/, '$1')}`);
