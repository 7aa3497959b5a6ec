import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { parseAllDocuments } from 'yaml';
import { partitionQueue } from '#contracts';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { faultsOf } from './manifest-schemas.ts';
import { Manifests, type Definitions, type Manifest, type Pod } from './manifests.ts';
import { unknownSettings, type Service } from './settings-check.ts';

const docker = fileURLToPath(new URL('../../docker/', import.meta.url));
const kubectl = await findProgram('kubectl');
const kustomize = await findProgram('kustomize');
const ours: Service[] = ['registry', 'executor'];
const secretsKey = Buffer.alloc(32, 1).toString('base64');

const nameLabel = 'app.kubernetes.io/name';

/** Renders a folder of ours, without a cluster. */
const render = (folder: string) => renderAt(`${docker}kubernetes/${folder}`);

async function renderAt(folder: string): Promise<Manifests> {
  const [program, ...args] = kustomize ? [kustomize, 'build'] : [kubectl ?? 'kubectl', 'kustomize'];
  const { stdout } = await execa(program, [...args, folder]);
  return new Manifests(parseAllDocuments(stdout).map((document) => document.toJS() as Manifest));
}

onlyWhere(
  describe,
  (kubectl ?? kustomize) !== undefined,
  'kubectl or kustomize',
)('the manifests for Kubernetes', () => {
  let manifests: Manifests;

  beforeAll(async () => {
    manifests = await render('production');
  });

  const podOf = (service: Service): Pod => manifests.one('Deployment', `provisor-${service}`).template.spec;

  function settingOf({ containers: [container] }: Pod, name: string): string {
    const setting = container.env.find((one) => one.name === name);
    if (setting?.value === undefined) throw new Error(`${name} is not set`);
    return setting.value;
  }

  it('fit the schemas of Kubernetes and KEDA, or are of RabbitMQ', async () => {
    for (const manifest of [...manifests.every, ...(await render('base')).every]) {
      const what = `${manifest.kind} ${manifest.metadata.name}`;
      expect({ what, faults: await faultsOf(manifest) }).toEqual({ what, faults: [] });
    }
  });

  it('are found wrong when they are', async () => {
    const right = manifests.manifest('Deployment', 'provisor-registry');
    const wrong = structuredClone(right);
    new Manifests([wrong]).one('Deployment', 'provisor-registry').template.spec.containers[0].ports[0]!.containerPort =
      'http';
    expect(await faultsOf(wrong)).toHaveLength(1);
    expect(await faultsOf({ ...right, apiVersion: 'apps/v2' })).toEqual(['apps/v2 Deployment is of no known kind']);
  });

  it.each(ours)('give the %s settings that it reads and accepts', (service) => {
    const [container] = podOf(service).containers;
    const secrets: Record<Service, Record<string, string>> = {
      registry: {
        DATABASE_URL: 'postgres://h/d',
        MIGRATION_DATABASE_URL: 'postgres://h/d',
        SECRETS_KEY: secretsKey,
        BOOTSTRAP_API_KEY: 'long enough',
        METRICS_KEY: 'long enough to be one',
      },
      executor: { DATABASE_URL: 'postgres://h/d', SECRETS_KEY: secretsKey, METRICS_KEY: 'long enough to be one' },
    };
    const configMap = container.envFrom.find(({ configMapRef }) => configMapRef)?.configMapRef?.name ?? '';
    const environment: Record<string, string> = {
      ...secrets[service],
      ...manifests.manifest('ConfigMap', configMap).data,
      ...Object.fromEntries(container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
    };
    expect(unknownSettings(service, environment)).toEqual([]);
    expect(environment['AMQP_URL']).toBe(`amqps://provisor-${service}@provisor-rabbitmq.provisor.svc:5671/provisor`);
  });

  it.each(ours)('ask the %s for its health where it answers', (service) => {
    const pod = podOf(service);
    const [{ livenessProbe, readinessProbe, ports }] = pod.containers;
    expect(livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
    expect(readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' });
    const containerPort = Number(settingOf(pod, `${service.toUpperCase()}_PORT`));
    expect(ports).toEqual([{ name: 'http', containerPort }]);
    // A check of the readiness may take two seconds.
    expect(readinessProbe.timeoutSeconds).toBeGreaterThan(2);
  });

  it.each(ours)('give the %s more time to stop than it takes', (service) => {
    const pod = podOf(service);
    const preStopSeconds = pod.containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
    const stopSeconds = Number(settingOf(pod, 'SHUTDOWN_TIMEOUT_MS')) / 1_000;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(preStopSeconds + stopSeconds + 20);
  });

  it.each(ours)('give the %s no rights but those for SCRIPT_USER', (service) => {
    const { securityContext, automountServiceAccountToken, containers } = podOf(service);
    const seccompProfile = { type: 'RuntimeDefault' };
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001, seccompProfile });
    expect(automountServiceAccountToken).toBe(false);
    const isExecutor = service === 'executor';
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: isExecutor,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], ...(isExecutor && { add: ['SETUID', 'SETGID', 'KILL'] }) },
    });
    expect(containers[0].resources.limits).toHaveProperty('memory');
  });

  it('name no pods and no port that are not there', () => {
    const pods = manifests.specs('Deployment').map(({ template }) => template.metadata.labels);
    const selected = [
      ...manifests.specs('Service').map(({ selector }) => selector),
      ...manifests
        .specs('NetworkPolicy')
        .flatMap(({ podSelector }) => [
          ...(podSelector.matchLabels ? [podSelector.matchLabels] : []),
          ...(podSelector.matchExpressions ?? []).flatMap(({ key, values }) =>
            values.map((value) => ({ [key]: value })),
          ),
        ]),
      // The pods of RabbitMQ are made by its operator.
      ...manifests
        .all('PodDisruptionBudget')
        .filter(({ metadata }) => metadata.name !== 'provisor-rabbitmq')
        .map(({ spec }) => spec.selector.matchLabels),
    ];
    expect(selected.length).toBeGreaterThan(4);
    for (const labels of selected) expect(pods).toContainEqual(expect.objectContaining(labels));
    const { name, port } = manifests.one('Ingress', 'provisor').rules[0].http.paths[0].backend.service;
    expect(manifests.one('Service', name).ports).toContainEqual(expect.objectContaining({ name: port.name }));
  });

  it('start no executor before an overlay has said what handlers may call, and let its pods call the same', async () => {
    const { spec } = (await render('base')).one('Deployment', 'provisor-executor').template;
    for (const pod of [spec, podOf('executor')]) {
      const asked = pod.containers[0].env.find(({ name }) => name === 'HTTP_ALLOW_CIDRS');
      expect(asked?.valueFrom?.configMapKeyRef).toMatchObject({ key: 'HTTP_ALLOW_CIDRS' });
      expect(asked?.valueFrom?.configMapKeyRef).not.toHaveProperty('optional');
    }
    const configMap = podOf('executor').containers[0].envFrom.find(({ configMapRef }) => configMapRef)?.configMapRef;
    const allowed = manifests.manifest('ConfigMap', configMap!.name).data?.['HTTP_ALLOW_CIDRS']?.split(',');
    const targets = manifests.one('NetworkPolicy', 'provisor-targets').egress ?? [];
    expect(targets.flatMap(({ to = [] }) => to.map(({ ipBlock }) => ipBlock?.cidr))).toEqual(allowed);
  });

  it('limit by policy what every pod of ours may call, and who may call it', () => {
    const policies = manifests.specs('NetworkPolicy');
    for (const { egress = [], ingress = [] } of policies) {
      for (const rule of egress) expect([rule, rule.to?.length ?? 0]).not.toEqual([rule, 0]);
      for (const rule of ingress) expect([rule, rule.from?.length ?? 0]).not.toEqual([rule, 0]);
    }
    for (const service of ours) {
      const labels = { 'app.kubernetes.io/name': `provisor-${service}` };
      const own = policies.filter(({ podSelector }) => podSelector.matchLabels?.[nameLabel] === labels[nameLabel]);
      const types = own.flatMap(({ policyTypes }) => policyTypes);
      expect(types).toEqual(expect.arrayContaining(['Ingress', 'Egress']));
    }
  });

  it('give executors scripts, and a disk that scripts do not get to', () => {
    const pod = podOf('executor');
    const [{ volumeMounts }] = pod.containers;
    const at = (path: string) => {
      const mount = volumeMounts.find(({ mountPath }) => mountPath === path);
      return { mount, volume: pod.volumes.find(({ name }) => name === mount?.name) };
    };
    const scripts = at('/scripts');
    expect(scripts.mount?.readOnly).toBe(true);
    expect(manifests.manifest('ConfigMap', scripts.volume!.configMap!.name).data).toHaveProperty(['notify.sh']);
    expect(scripts.volume?.configMap?.defaultMode).toBe(0o555);
    expect(settingOf(pod, 'SCRIPTS_DIRS')).toBe('/scripts/..data');
    const spill = at(settingOf(pod, 'TMPDIR')).volume?.emptyDir;
    expect(spill).not.toHaveProperty('medium');
    expect(parseInt(spill?.sizeLimit ?? '')).toBeGreaterThan(2);
    const { 'ephemeral-storage': disk = '' } = pod.containers[0].resources.limits;
    expect(parseInt(disk)).toBeGreaterThan(parseInt(spill?.sizeLimit ?? ''));
  });

  it('have a component for namespaces that give no capabilities', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'provisor-kustomize-'));
    try {
      await cp(`${docker}kubernetes`, folder, { recursive: true });
      const overlay = 'resources: [base]\ncomponents: [without-scripts]\n';
      await writeFile(join(folder, 'kustomization.yaml'), overlay);
      const restricted = await renderAt(folder);
      const { containers, volumes } = restricted.one('Deployment', 'provisor-executor').template.spec;
      expect(containers[0].securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      expect(containers[0].securityContext).not.toHaveProperty('capabilities.add');
      expect(containers[0].env).toContainEqual({ name: 'SCRIPT_USER', value: '' });
      expect(volumes.map(({ name }) => name)).not.toContain('scripts');
      for (const manifest of restricted.every) expect(await faultsOf(manifest)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('scale executors by what waits in the partitions, up to one for each', () => {
    const { maxReplicaCount, scaleTargetRef, triggers } = manifests.one('ScaledObject', 'provisor-executor');
    const partitions = Number(settingOf(podOf('executor'), 'PARTITIONS'));
    expect(maxReplicaCount).toBe(partitions);
    const [{ metadata, authenticationRef }] = triggers;
    const pattern = new RegExp(metadata.queueName);
    expect([partitionQueue(0), partitionQueue(partitions - 1)].every((queue) => pattern.test(queue))).toBe(true);
    expect(pattern.test('provisor.intake')).toBe(false);
    expect(manifests.one('Deployment', scaleTargetRef.name)).not.toHaveProperty('replicas');
    expect(manifests.one('TriggerAuthentication', authenticationRef.name)).toBeDefined();
  });

  it('set RabbitMQ up as the definitions for any other do', async () => {
    const definitions = JSON.parse(await readFile(`${docker}rabbitmq/definitions.json`, 'utf8')) as Definitions;
    const fromManifests = {
      vhosts: manifests.specs('Vhost').map(({ name }) => name),
      exchanges: manifests.specs('Exchange').map(({ name, type, durable }) => [name, type, durable]),
      queues: manifests
        .specs('Queue')
        .map(({ name, type, arguments: rest }) => [name, { 'x-queue-type': type, ...rest }]),
      bindings: manifests
        .specs('Binding')
        .map(({ source, destination, destinationType, routingKey }) => [
          source,
          destination,
          destinationType,
          routingKey,
        ]),
      policies: manifests
        .specs('Policy')
        .map(({ name, pattern, applyTo, definition }) => [name, pattern, applyTo, definition]),
      users: manifests.all('User').map(({ metadata, spec }) => [metadata.name, spec.tags ?? []]),
      permissions: manifests
        .specs('Permission')
        .map(({ userReference, permissions }) => [userReference.name, permissions]),
    };
    const fromDefinitions = {
      vhosts: definitions.vhosts.map(({ name }) => name),
      exchanges: definitions.exchanges.map(({ name, type, durable }) => [name, type, durable]),
      queues: definitions.queues.map(({ name, arguments: rest }) => [name, rest]),
      bindings: definitions.bindings.map((binding) => [
        binding.source,
        binding.destination,
        binding.destination_type,
        binding.routing_key,
      ]),
      policies: definitions.policies.map((policy) => [
        policy.name,
        policy.pattern,
        policy['apply-to'],
        policy.definition,
      ]),
      users: definitions.users.map(({ name, tags }) => [name, tags]),
      permissions: definitions.permissions.map(({ user, configure, write, read }) => [
        user,
        { configure, write, read },
      ]),
    };
    expect(sorted(fromManifests)).toEqual(sorted(fromDefinitions));

    const [cluster] = manifests.all('RabbitmqCluster');
    for (const kind of ['Vhost', 'Exchange', 'Queue', 'Binding', 'Policy', 'User', 'Permission'] as const) {
      for (const { rabbitmqClusterReference } of manifests.specs(kind)) {
        expect(rabbitmqClusterReference).toEqual({ name: cluster?.metadata.name });
      }
    }
  });
});

/** Each list by the names in it, since the order of manifests means nothing. */
function sorted(lists: Record<string, (string | unknown[])[]>): Record<string, unknown[]> {
  const nameOf = (item: string | unknown[]) => String(typeof item === 'string' ? item : item[0]);
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [name, list.sort((a, b) => nameOf(a).localeCompare(nameOf(b)))]),
  );
}
