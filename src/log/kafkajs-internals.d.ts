/**
 * The parts of kafkajs 2.2.4 that its own types leave out: what its consumer and producer are made of. The version is pinned and
 * its source is final, so they will not change under us; only kafka-*.ts here use them.
 */
/* eslint-disable no-restricted-syntax -- default exports are how kafkajs gives these parts */
declare module 'kafkajs/src/cluster/index.js' {
  export interface Broker {
    readonly nodeId: number;
    initProducerId(request: { transactionTimeout: number }): Promise<{ producerId: string; producerEpoch: number }>;
    produce(request: object): Promise<{ topics: { partitions: { partition: number; baseOffset: string }[] }[] }>;
    fetch(request: object): Promise<{ responses: { topicName: string; partitions: FetchedPartition[] }[] }>;
    listOffsets(request: object): Promise<{
      responses: { topic: string; partitions: { partition: number; offset: string }[] }[];
    }>;
    createTopics(request: object): Promise<unknown>;
    describeConfigs(request: object): Promise<{
      resources: { resourceName: string; configEntries: { configName: string; configValue: string }[] }[];
    }>;
  }
  export interface FetchedPartition {
    readonly partition: number;
    readonly highWatermark: string;
    readonly abortedTransactions: readonly object[];
    readonly messages: readonly FetchedMessage[];
  }
  export interface FetchedMessage {
    readonly offset: string;
    readonly timestamp: string;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
    readonly headers: Readonly<Record<string, Buffer | Buffer[] | null>>;
    readonly isControlRecord: boolean;
  }
  export default class Cluster {
    constructor(options: object);
    readonly brokerPool: {
      findConnectedBroker(): Promise<Broker>;
      readonly metadata: { readonly brokers: readonly unknown[] } | null;
    };
    readonly connectionPoolBuilder: {
      build(destination?: object): Promise<{ readonly pool: readonly { connect(): Promise<boolean> }[] }>;
    };
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    refreshMetadata(): Promise<void>;
    addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
    findControllerBroker(): Promise<Broker>;
    findBroker(broker: { nodeId: string }): Promise<Broker>;
    findTopicPartitionMetadata(topic: string): readonly { partitionId: number; replicas: readonly number[] }[];
    findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, number[]>>;
  }
}
declare module 'kafkajs/src/network/socketFactory.js' {
  import type { Socket } from 'node:net';
  export default function socketFactory(): (to: object) => Socket;
}
declare module 'kafkajs/src/consumer/filterAbortedMessages.js' {
  export default function filterAbortedMessages<M>(fetched: {
    messages: readonly M[];
    abortedTransactions: readonly object[];
  }): M[];
}
