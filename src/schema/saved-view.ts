/** Filters of lists that people have named, find on any machine, and share. */
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ScopeName } from './access.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Payload } from './payloads.js';
import { DateTime } from './scalars.js';

export const SavedViewList = enumeration('SavedViewList', 'A list of the dashboard whose filter can be named.', [
  'ACTIVITY',
  'PROBLEMS',
  'PRODUCTS',
  'CUSTOMERS',
  'ORDERS',
  'STOCK',
  'AUDIT',
]);
export type SavedViewListName = ValueOf<typeof SavedViewList>;

/** Who may not read a list is not told how others filter it: a filter may name a customer. */
export const scopeOfList: Readonly<Record<SavedViewListName, ScopeName>> = {
  ACTIVITY: 'READ_OPERATIONS',
  PROBLEMS: 'READ_OPERATIONS',
  PRODUCTS: 'READ_CATALOGUE',
  CUSTOMERS: 'READ_CUSTOMERS',
  ORDERS: 'READ_ORDERS',
  STOCK: 'READ_STOCK',
  AUDIT: 'ADMIN',
};

@ObjectType({ description: 'A filter of a list that somebody has named.', simpleResolvers: true })
export class SavedView {
  @Field(() => ID)
  id!: string;

  @Field(() => SavedViewList, { description: 'The list that it filters.' })
  list!: SavedViewListName;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The filter as it stands in the address of the list, behind its question mark.' })
  query!: string;

  @Field(() => Boolean, { description: 'Everybody who may read the list sees it.' })
  isShared!: boolean;

  @Field(() => Boolean, { description: 'The list begins with it for the person who asks.' })
  isDefault!: boolean;

  @Field(() => Boolean, { description: 'It belongs to the person who asks.' })
  isOwn!: boolean;

  @Field(() => Boolean, { description: 'The person who asks may change and delete it: the owner, and of shared ones an administrator.' }) // prettier-ignore
  isEditable!: boolean;

  @Field(() => String, { description: 'Name of the person whose it is.' })
  ownerName!: string;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

@InputType({ description: 'A view, as it is to be; what is left out of one that is there stays.' })
export class SavedViewSaveInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; left out, a new one is made.' })
  id?: string | null;

  @Field(() => SavedViewList, { nullable: true, description: 'Needed for a new one; a view stays with its list.' })
  list?: SavedViewListName | null;

  @Field(() => String, { nullable: true, description: 'At most 80 characters; needed for a new one.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 2,000 characters; needed for a new one.' })
  query?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether everybody who may read the list sees it; false for a new one.',
  })
  isShared?: boolean | null;
}

@ObjectType({ description: 'Result of savedViewSave.', simpleResolvers: true })
export class SavedViewSavePayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The view as it is now.' })
  savedView!: SavedView | null;
}

@InputType({ description: 'A view that is not needed any more.' })
export class SavedViewDeleteInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'Result of savedViewDelete.', simpleResolvers: true })
export class SavedViewDeletePayload extends Payload {
  @Field(() => ID, { nullable: true })
  deletedId!: string | null;
}

@InputType({ description: 'With which view a list begins for the person who asks.' })
export class SavedViewDefaultInput {
  @Field(() => SavedViewList, { description: 'Which list.' })
  list!: SavedViewListName;

  @Field(() => ID, { nullable: true, description: 'Null: with everything.' })
  id?: string | null;
}

@ObjectType({ description: 'Result of savedViewDefault.', simpleResolvers: true })
export class SavedViewDefaultPayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The default from now on; null when there is none.' })
  savedView!: SavedView | null;
}
