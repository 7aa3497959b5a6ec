/** The input of a rule, one sample per minute, and when it must fire. */
export interface AlertCase {
  readonly alert: string;
  /** Series in the notation of promtool: `0x9 1x20` is ten times 0, then twenty-one times 1. */
  readonly series: Readonly<Record<string, string>>;
  /** A time at which it does not fire yet, in minutes, and one at which it does. */
  readonly quiet: number;
  readonly fires: number;
  /** Labels of the alert besides its severity. */
  readonly labels?: Readonly<Record<string, string>>;
}

const executor = 'job="provisor-executor", instance="e:1"';
const instance = { instance: 'e:1' };
const bucket = (name: string, le: string) => `provisor_${name}_bucket{${executor}, le="${le}"}`;
const disk = 'job="provisor-nodes", instance="db:9100", mountpoint="/var/lib/postgresql", fstype="ext4"';

/** Each rule at least once: all well, then the fault, from the tenth minute on. */
export const alertCases: readonly AlertCase[] = [
  {
    alert: 'ProvisorTargetDown',
    series: { [`up{${executor}}`]: '1x9 0x20', 'up{job="of others", instance="x"}': '0x30' },
    quiet: 11,
    fires: 13,
    labels: { job: 'provisor-executor', ...instance },
  },
  {
    alert: 'ProvisorNotScraped',
    series: { [`up{${executor}}`]: '1x9 stale', 'up{job="provisor-registry", instance="r"}': '1x40' },
    quiet: 14,
    fires: 16,
    labels: { job: 'provisor-executor' },
  },
  { alert: 'ProvisorNoExecutors', series: { provisor_executors: '2x9 0x20' }, quiet: 10, fires: 12 },
  { alert: 'ProvisorFewExecutors', series: { provisor_executors: '2x9 1x20' }, quiet: 14, fires: 16 },
  {
    alert: 'ProvisorQueueUnread',
    series: {
      'provisor_queue_readers{instance="e:1", queue="provisor.events.3"}': '2x9 0x20',
      'provisor_queue_readers{instance="e:1", queue="provisor.events.4"}': '1x40',
    },
    quiet: 10,
    fires: 12,
    labels: { queue: 'provisor.events.3' },
  },
  {
    // The one that does not read the queue thinks it old, the one that reads it knows better.
    alert: 'ProvisorQueueOld',
    series: {
      'provisor_queue_age_seconds{instance="e:1", queue="provisor.events.3"}': '5x9 65+60x20',
      'provisor_queue_age_seconds{instance="e:2", queue="provisor.events.3"}': '600+60x40',
      'provisor_queue_age_seconds{instance="e:1", queue="provisor.events.4"}': '5x40',
      'provisor_queue_age_seconds{instance="e:2", queue="provisor.events.4"}': '600+60x40',
    },
    quiet: 13,
    fires: 17,
    labels: { queue: 'provisor.events.3' },
  },
  {
    alert: 'ProvisorIntakeBacklog',
    series: {
      'provisor_queue_messages{queue="provisor.intake"}': '0x9 20000x20',
      'provisor_queue_messages{queue="provisor.events.1"}': '20000x40',
    },
    quiet: 14,
    fires: 16,
  },
  {
    alert: 'ProvisorEventHeld',
    series: { [`provisor_oldest_event_seconds{${executor}, lane="fast"}`]: '1x9 60+60x20' },
    quiet: 14,
    fires: 17,
    labels: instance,
  },
  {
    alert: 'ProvisorWorkStalls',
    series: { [`provisor_stalled_seconds{${executor}, work="gate"}`]: '0x9 8 0x20' },
    quiet: 9,
    fires: 11,
    labels: { ...instance, work: 'gate' },
  },
  {
    alert: 'ProvisorEventOverdue',
    series: { 'provisor_oldest_event_seconds{lane="slow"}': '3600x9 180000x20' },
    quiet: 19,
    fires: 21,
  },
  { alert: 'ProvisorDatabaseAway', series: { provisor_database_up: '1x9 0x20' }, quiet: 11, fires: 13 },
  // Nothing says it at all.
  { alert: 'ProvisorDatabaseAway', series: { 'up{job="provisor-registry"}': '0x20' }, quiet: 1, fires: 3 },
  {
    alert: 'ProvisorBrokerAway',
    series: { [`provisor_broker_connected{${executor}, connection="intake"}`]: '1x9 0x20' },
    quiet: 11,
    fires: 13,
    labels: { ...instance, connection: 'intake' },
  },
  {
    alert: 'ProvisorTopologyInTheWay',
    series: { [`provisor_topology_sound{${executor}}`]: '1x9 0x20' },
    quiet: 10,
    fires: 12,
    labels: instance,
  },
  {
    alert: 'ProvisorTopologyRepaired',
    series: { [`provisor_topology_repairs_total{${executor}, kind="queue"}`]: '0x9 1x20' },
    quiet: 9,
    fires: 11,
    labels: { kind: 'queue' },
  },
  {
    alert: 'ProvisorMessagesExpire',
    series: { [`provisor_expiring_messages_total{${executor}}`]: '0x9 1x20' },
    quiet: 9,
    fires: 11,
  },
  { alert: 'ProvisorExecutorsBehind', series: { provisor_executors_behind: '0x9 1x20' }, quiet: 11, fires: 13 },
  { alert: 'ProvisorWaitsLong', series: { provisor_deferral_oldest_seconds: '5x9 3700x20' }, quiet: 14, fires: 16 },
  {
    alert: 'ProvisorCircuitOpen',
    series: { [`provisor_circuit_open{${executor}, handler_id="h"}`]: '0x9 1x20' },
    quiet: 14,
    fires: 16,
    labels: { handler_id: 'h' },
  },
  {
    alert: 'ProvisorCircuitOpen',
    series: { [`provisor_circuit_open{${executor}, target_id="t"}`]: '0x9 1x20' },
    quiet: 14,
    fires: 16,
    labels: { target_id: 't' },
  },
  {
    // The first that fails, of a type that never failed.
    alert: 'ProvisorEventsFail',
    series: {
      [`provisor_events_total{${executor}, type="clients.update", result="succeeded"}`]: '0+10x60',
      [`provisor_events_total{${executor}, type="clients.update", result="failed"}`]: '0x9 1+1x60',
    },
    quiet: 18,
    fires: 28,
    labels: { type: 'clients.update' },
  },
  {
    alert: 'ProvisorRejectsMessages',
    series: { [`provisor_rejected_messages_total{${executor}, reason="not_json"}`]: '0x9 1x20' },
    quiet: 9,
    fires: 11,
    labels: { reason: 'not_json' },
  },
  {
    alert: 'ProvisorLagsBehind',
    series: {
      [bucket('delivery_lag_seconds', '60')]: '0+100x9 900x60',
      [bucket('delivery_lag_seconds', '300')]: '0+100x60',
      [bucket('delivery_lag_seconds', '+Inf')]: '0+100x60',
    },
    quiet: 9,
    fires: 25,
  },
  {
    alert: 'ProvisorJournalSlow',
    series: {
      [bucket('journal_write_seconds', '0.5')]: '0+100x9 900x60',
      [bucket('journal_write_seconds', '1')]: '0+100x60',
      [bucket('journal_write_seconds', '+Inf')]: '0+100x60',
    },
    quiet: 9,
    fires: 25,
    labels: instance,
  },
  // Around midnight a day is missing for up to an hour.
  {
    alert: 'ProvisorJournalDayMissing',
    series: { provisor_journal_days_ready: '8x9 7x59 8x9 7x180' },
    quiet: 190,
    fires: 205,
  },
  {
    alert: 'ProvisorClockSkew',
    series: { [`provisor_clock_skew_seconds{${executor}}`]: '0.02x9 -300x20' },
    quiet: 10,
    fires: 12,
    labels: { job: 'provisor-executor', ...instance },
  },
  {
    alert: 'ProvisorDiskFills',
    series: {
      [`node_filesystem_avail_bytes{${disk}}`]: '50x9 10x30',
      [`node_filesystem_size_bytes{${disk}}`]: '100x60',
    },
    quiet: 5,
    fires: 21,
    labels: { instance: 'db:9100', mountpoint: '/var/lib/postgresql' },
  },
  // There is room, and it goes quickly.
  {
    alert: 'ProvisorDiskFills',
    series: {
      [`node_filesystem_avail_bytes{${disk}}`]: '5000-10x60',
      [`node_filesystem_size_bytes{${disk}}`]: '10000x60',
    },
    quiet: 5,
    fires: 60,
    labels: { instance: 'db:9100', mountpoint: '/var/lib/postgresql' },
  },
];
