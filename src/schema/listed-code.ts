/** A code that a system lists itself, with the name that it has there. */
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A code of a system, and what it is called there.', simpleResolvers: true })
export class ListedCode {
  @Field(() => String, { description: 'Name of the fields in which it stands, without what they are a part of.' })
  field!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String, { description: 'As the system lists it, in the language of its administration.' })
  name!: string;
}
