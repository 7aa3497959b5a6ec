/** One object of Kubernetes, as it is rendered. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec?: object;
  data?: Record<string, string>;
}

interface Container {
  env: {
    name: string;
    value?: string;
    valueFrom?: { configMapKeyRef?: { name: string; key: string } };
  }[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports: { name: string; containerPort: unknown }[];
  livenessProbe: { httpGet: object };
  readinessProbe: { httpGet: object; timeoutSeconds: number };
  lifecycle?: { preStop: { sleep: { seconds: number } } };
  securityContext: object;
  resources: { limits: { memory: string; 'ephemeral-storage'?: string } };
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}

export interface Pod {
  containers: [Container];
  volumes: {
    name: string;
    configMap?: { name: string; defaultMode?: number };
    emptyDir?: { sizeLimit?: string; medium?: string };
  }[];
  terminationGracePeriodSeconds: number;
  automountServiceAccountToken: boolean;
  securityContext: object;
}

interface Permissions {
  configure: string;
  write: string;
  read: string;
}

interface OfCluster {
  rabbitmqClusterReference: { name: string };
}

/** Of each kind, what the tests look at. */
export interface Specs {
  Deployment: { replicas?: number; template: { metadata: { labels: object }; spec: Pod } };
  Service: { selector: object; ports: object[] };
  PodDisruptionBudget: { selector: { matchLabels: object } };
  NetworkPolicy: {
    podSelector: {
      matchLabels?: Record<string, string>;
      matchExpressions?: { key: string; values: string[] }[];
    };
    policyTypes: string[];
    ingress?: { from?: object[] }[];
    egress?: { to?: { ipBlock?: { cidr: string } }[] }[];
  };
  Ingress: {
    rules: [{ http: { paths: [{ backend: { service: { name: string; port: { name: string } } } }] } }];
  };
  ScaledObject: {
    maxReplicaCount: number;
    scaleTargetRef: { name: string };
    triggers: [{ metadata: { queueName: string }; authenticationRef: { name: string } }];
  };
  TriggerAuthentication: object;
  RabbitmqCluster: object;
  Vhost: OfCluster & { name: string };
  Exchange: OfCluster & { name: string; type: string; durable: boolean };
  Queue: OfCluster & { name: string; type: string; arguments: object };
  Binding: OfCluster & { source: string; destination: string; destinationType: string; routingKey: string };
  Policy: OfCluster & { name: string; pattern: string; applyTo: string; definition: object };
  User: OfCluster & { tags?: string[] };
  Permission: OfCluster & { userReference: { name: string }; permissions: Permissions };
}

/** `docker/rabbitmq/definitions.json`. */
export interface Definitions {
  vhosts: { name: string }[];
  users: { name: string; tags: string[] }[];
  permissions: (Permissions & { user: string })[];
  policies: { name: string; pattern: string; 'apply-to': string; definition: object }[];
  exchanges: { name: string; type: string; durable: boolean }[];
  queues: { name: string; arguments: object }[];
  bindings: { source: string; destination: string; destination_type: string; routing_key: string }[];
}

/** Manifests that can be asked for what is in them. */
export class Manifests {
  readonly every: readonly Manifest[];

  constructor(every: readonly Manifest[]) {
    this.every = every;
  }

  all<K extends keyof Specs>(kind: K): { metadata: { name: string }; spec: Specs[K] }[] {
    return this.every.filter((manifest) => manifest.kind === kind) as unknown as ReturnType<typeof this.all<K>>;
  }

  specs<K extends keyof Specs>(kind: K): Specs[K][] {
    return this.all(kind).map(({ spec }) => spec);
  }

  one<K extends keyof Specs>(kind: K, name: string): Specs[K] {
    const found = this.all(kind).find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found.spec;
  }

  manifest(kind: string, name: string): Manifest {
    const found = this.every.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }
}
