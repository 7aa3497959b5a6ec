import type { Manifest } from './manifests.ts';

interface Model {
  validate(): void;
}
type Models = Record<string, new (manifest: Manifest) => Model>;

/** The packages that have the schemas of an API group. RabbitMQ's operators publish theirs in no package. */
const groups: Record<string, (version: string) => Promise<Models>> = {
  '': (version) => load(`kubernetes-models/${version}`),
  'keda.sh': (version) => load(`@kubernetes-models/keda/keda.sh/${version}`),
};
const ofKubernetes = ['apps', 'policy', 'networking.k8s.io'];
/** Fields without which RabbitMQ's operators take no object. */
const rabbitmqFields: Record<string, string[]> = {
  RabbitmqCluster: ['replicas'],
  Vhost: ['name', 'rabbitmqClusterReference'],
  Exchange: ['name', 'vhost', 'rabbitmqClusterReference'],
  Queue: ['name', 'vhost', 'rabbitmqClusterReference'],
  Binding: ['source', 'destination', 'destinationType', 'vhost', 'rabbitmqClusterReference'],
  Policy: ['name', 'vhost', 'pattern', 'definition', 'rabbitmqClusterReference'],
  User: ['importCredentialsSecret', 'rabbitmqClusterReference'],
  Permission: ['vhost', 'userReference', 'permissions', 'rabbitmqClusterReference'],
};

/** What is wrong with an object, by the schema of its kind. */
export async function faultsOf(manifest: Manifest): Promise<string[]> {
  const { apiVersion, kind } = manifest;
  if (apiVersion === 'rabbitmq.com/v1beta1') {
    const fields = rabbitmqFields[kind];
    if (!fields) return [`${apiVersion} ${kind} is of no known kind`];
    const { spec = {} } = manifest;
    return fields.filter((field) => !(field in spec)).map((field) => `${field} is missing`);
  }
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const models = await modelsOf(group, version);
  const Kind = models?.[kind];
  if (!Kind) return [`${apiVersion} ${kind} is of no known kind`];
  try {
    new Kind(manifest).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

async function modelsOf(group: string, version: string): Promise<Models | undefined> {
  const known = ofKubernetes.includes(group) ? (v: string) => load(`kubernetes-models/${group}/${v}`) : groups[group];
  return known?.(version).catch(() => undefined);
}

async function load(name: string): Promise<Models> {
  return (await import(name)) as Models;
}
