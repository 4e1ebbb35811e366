/** By which version of which mapping a record was translated on its way. */
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'A mapping that translated the record of an event on its way, in the version that it had then.',
  simpleResolvers: true,
})
export class EventMapping {
  @Field(() => Int, { description: 'The version of it by which the record was translated.' })
  version!: number;

  mappingKey!: string;
  /** Key of the system whose records it translates. */
  systemKey!: string | null;
}
