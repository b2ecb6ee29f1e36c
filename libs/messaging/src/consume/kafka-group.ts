/**
 * The Nest transport id of a consumer group: `@EventPattern<string>(TOPIC.raw, kafkaGroup('parser'))`
 * binds a handler to the strategy of that group.
 */
export function kafkaGroup(groupId: string): symbol {
  return Symbol.for(`broadsheet.kafka-group.${groupId}`);
}
