import type { CommandWords, Word } from './command-tree.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The completion scripts. They contain all words, so that a shell completes them without starting this program. */
export const scripts: Readonly<Record<Shell, (tree: readonly CommandWords[]) => string>> = { bash, zsh, fish };

const install = {
  bash: 'source <(provisor completion bash)     # in ~/.bashrc',
  zsh: 'source <(provisor completion zsh)      # in ~/.zshrc, after compinit',
  fish: 'provisor completion fish > ~/.config/fish/completions/provisor.fish',
};

function bash(tree: readonly CommandWords[]): string {
  const cases = tree.map(({ path, commands, options, fileOptions }) => {
    const words = commands.map(({ word }) => word).join(' ');
    const flags = options.map(({ word }) => word).join(' ');
    return `    ${quoted(path.join(' '))}) words=${quoted(words)} flags=${quoted(flags)} files=${quoted(fileOptions.join(' '))} ;;`;
  });
  return `# ${install.bash}
_provisor() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path="" word words flags files
${walkBash(tree)}
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=()
  if [[ " $files " == *" $previous "* ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
  elif [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o filenames -F _provisor provisor
`;
}

/** Finds the command for the typed words. */
function walkBash(tree: readonly CommandWords[]): string {
  const known = tree.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  return `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${known.join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done`;
}

function zsh(tree: readonly CommandWords[]): string {
  const known = tree.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  const cases = tree.map(({ path, commands, options, fileOptions }) => {
    const described = (words: readonly Word[]): string => words.map(zshWord).join(' ');
    return `    ${quoted(path.join(' '))}) words_here=(${described(commands)}) flags=(${described(options)}) files=${quoted(fileOptions.join(' '))} ;;`;
  });
  return `#compdef provisor
# ${install.zsh}
_provisor() {
  local path_here="" word files
  local -a words_here flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path_here:+$path_here }$word" in
      ${known.join(' | ')}) path_here="\${path_here:+$path_here }$word" ;;
    esac
  done
  case "$path_here" in
${cases.join('\n')}
  esac
  if [[ " $files " == *" \${words[CURRENT-1]} "* ]]; then
    _files
  elif [[ "\${words[CURRENT]}" == -* ]]; then
    _describe option flags
  else
    _describe command words_here
  fi
}
compdef _provisor provisor
`;
}

function zshWord({ word, description }: Word): string {
  return quoted(`${word}:${description.replaceAll(':', '\\:')}`);
}

function fish(tree: readonly CommandWords[]): string {
  const lines = tree.flatMap(({ path, commands, options, fileOptions }) => {
    const condition = quoted(`__provisor_at ${path.join(' ')}`.trimEnd());
    const head = `complete -c provisor -n ${condition}`;
    return [
      ...commands.map(({ word, description }) => `${head} -f -a ${word} -d ${quoted(description)}`),
      ...options.map(({ word, description }) => {
        const takesFile = fileOptions.includes(word) ? ' -r -F' : ' -f';
        return `${head} -l ${word.slice(2)}${takesFile} -d ${quoted(description)}`;
      }),
    ];
  });
  const known = tree.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  return `# ${install.fish}
function __provisor_at
  set -l path
  for word in (commandline -opc)[2..-1]
    if contains -- (string join -- ' ' $path $word) ${known.join(' ')}
      set -a path $word
    end
  end
  test "$path" = "$argv"
end
complete -c provisor -f
${lines.join('\n')}
`;
}

/** In single quotes, within which these shells take every character literally but the quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
