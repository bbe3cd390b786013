"""Checks rendered manifests against the schemas of their kinds, strictly.

Usage: manifests-schema.py CRD… -- MANIFEST…
"""
import copy
import sys

import jsonschema
import kubernetes_validate
import yaml

VERSION = "1.34"


def strict(schema):
    """As the API server validates: a field that is not declared is an error."""
    if isinstance(schema, dict):
        if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
            schema.setdefault("additionalProperties", False)
        for each in schema.values():
            strict(each)
    return schema


def definitions(files):
    for file in files:
        for crd in yaml.safe_load_all(open(file)):
            for version in crd["spec"]["versions"]:
                schema = strict(version["schema"]["openAPIV3Schema"])
                # of every kind alike, and declared nowhere
                schema["properties"]["metadata"] = {"type": "object"}
                yield f"{crd['spec']['group']}/{version['name']}", crd["spec"]["names"]["kind"], schema


def validate(manifest, schemas):
    schema = schemas.get((manifest["apiVersion"], manifest["kind"]))
    if schema:
        jsonschema.Draft4Validator(schema).validate(manifest)
    else:
        kubernetes_validate.validate(manifest, VERSION, strict=True)


def is_refused(manifest, schemas):
    try:
        validate(manifest, schemas)
    except (jsonschema.ValidationError, kubernetes_validate.ValidationError):
        return True
    return False


separator = sys.argv.index("--")
schemas = {(version, kind): schema for version, kind, schema in definitions(sys.argv[1:separator])}
kinds = set()
count = 0
for file in sys.argv[separator + 1:]:
    for manifest in yaml.safe_load_all(open(file)):
        name = f"{file}: {manifest['kind']} {manifest['metadata']['name']}"
        try:
            validate(manifest, schemas)
        except (jsonschema.ValidationError, kubernetes_validate.ValidationError) as error:
            sys.exit(f"{name}: {error.message}")
        # what no schema would refuse has not been checked
        wrong = copy.deepcopy(manifest)
        wrong.get("spec", wrong)["unknown"] = True
        if not is_refused(wrong, schemas):
            sys.exit(f"{name}: an unknown field is not refused")
        kinds.add(manifest["kind"])
        count += 1
print(f"{count} manifests of {len(kinds)} kinds are valid for Kubernetes {VERSION}")
