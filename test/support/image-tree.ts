/**
 * The image of the Dockerfile without an engine: what its last stage copies, from the same sources, into a folder. The stages
 * before it are taken as done: what they compile is dist/, and the packages are those that `npm ci` without development
 * and optional ones leaves, by the lock file. In: the repository. Out: the folder's content and the image's own command.
 */
import { DockerfileParser, type Copy, type Instruction } from 'dockerfile-ast';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export interface Stage {
  readonly name: string;
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

export interface CopyInstruction {
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

/** The stages, with arguments that stand before the first one put in. */
export function readStages(text: string): readonly Stage[] {
  const dockerfile = DockerfileParser.parse(text);
  const standards = new Map<string, string>();
  for (const argument of dockerfile.getInitialARGs()) {
    const property = argument.getProperty();
    if (property !== null) standards.set(property.getName(), property.getValue() ?? '');
  }
  const starts = dockerfile.getFROMs();
  const lineOf = (instruction: Instruction): number => instruction.getRange().start.line;
  return starts.map((from, index) => {
    const begin = lineOf(from);
    const next = starts[index + 1];
    const end = next === undefined ? Infinity : lineOf(next);
    const image = (from.getImage() ?? '').replace(/\$\{(\w+)\}/g, (_, name: string) => standards.get(name) ?? '');
    const instructions = dockerfile.getInstructions().filter((each) => lineOf(each) > begin && lineOf(each) < end);
    return { name: from.getBuildStage() ?? String(index), image, instructions };
  });
}

export const ofKind = (stage: Stage, keyword: string): readonly Instruction[] =>
  stage.instructions.filter((instruction) => instruction.getKeyword() === keyword);

export function copies(stage: Stage): readonly CopyInstruction[] {
  return ofKind(stage, 'COPY').map((instruction) => {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
    return { from, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
  });
}

/** The words of an instruction in JSON form; undefined when it has another form, which would mean a shell. */
export function jsonWords(instruction: Instruction): readonly string[] | undefined {
  const json = /(?:^|\bCMD )\s*(\[.*\])\s*$/s.exec(instruction.getArgumentsContent() ?? '')?.[1];
  if (json === undefined) return undefined;
  return JSON.parse(json) as string[];
}

/** Lays the image's own folder out below `folder`. */
export function layOut(root: string, folder: string): void {
  const last = readStages(readFileSync(join(root, 'Dockerfile'), 'utf8')).at(-1);
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  const home = '/koppel/';
  for (const { from, sources, target } of copies(last)) {
    for (const source of sources) {
      const path = from === undefined ? source : source.slice(home.length);
      if (from !== undefined && !source.startsWith(home)) throw new Error(`${source} is from outside ${home}`);
      const into = target.endsWith('/') ? posix.join(target, posix.basename(path)) : target;
      if (path === 'node_modules') copyPackages(root, join(folder, into));
      else
        cpSync(join(root, path), join(folder, into), { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
    }
  }
}

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly optional?: boolean; readonly devOptional?: boolean }>
  >;
}

/** Where the packages lie that the hub needs when it runs. */
export function neededPackages(root: string): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  return Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path]) => path);
}

function copyPackages(root: string, into: string): void {
  for (const path of neededPackages(root)) {
    const source = join(root, path);
    const target = join(into, path.slice('node_modules/'.length));
    if (!existsSync(source)) throw new Error(`${path} is in the lock file but not installed`);
    mkdirSync(dirname(target), { recursive: true });
    // Packages inside a package have an entry of their own.
    cpSync(source, target, {
      recursive: true,
      filter: (file) => !file.slice(source.length).startsWith('/node_modules'),
    });
  }
}
