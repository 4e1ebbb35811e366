/** Inputs and results of what people do with problems among themselves. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DeadLetterSelection } from './inputs.js';
import { Payload } from './payloads.js';
import { DeadLetter } from './sync-event.js';

@InputType({ description: 'Who is to deal with open problems.' })
export class DeadLettersAssignInput {
  @Field(() => DeadLetterSelection)
  selection!: DeadLetterSelection;

  @Field(() => ID, { nullable: true, description: 'A user of assignees; null takes the assignment away.' })
  assigneeId?: string | null;
}

@ObjectType({ description: 'Result of deadLettersAssign.', simpleResolvers: true })
export class DeadLettersAssignPayload extends Payload {
  @Field(() => Int, { description: 'Problems that the person deals with now, or nobody any more.' })
  assignedCount!: number;
}

@InputType({ description: 'What to note about a problem; what is left out stays as it is.' })
export class DeadLetterAnnotateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Free text of at most 2,000 characters; null takes it away.' })
  note?: string | null;

  @Field(() => [String], { nullable: true, description: 'Words under which people file it, in place of those before.' })
  tags?: string[] | null;
}

@ObjectType({ description: 'Result of deadLetterAnnotate.', simpleResolvers: true })
export class DeadLetterAnnotatePayload extends Payload {
  @Field(() => DeadLetter, { nullable: true, description: 'The problem as it is now.' })
  deadLetter!: DeadLetter | null;
}
