/// What shells complete the command line of the program by, made of the options.
enum ShellCompletions {
  /// The shells that there are completions for.
  static let shells = ["bash", "zsh", "fish"]

  private static let words = ["fmt", "completions", "manual"]

  /// The file for a shell; nil for another word.
  static func text(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "zsh": zsh
    case "fish": fish
    default: nil
    }
  }

  private static func spellings(_ option: OptionEntry) -> [String] {
    (option.hasLetter ? ["-\(option.letter)"] : []) + ["--\(option.name)"]
  }

  private static var bash: String {
    var cases = ""
    for option in OptionEntry.shown {
      let names = spellings(option).joined(separator: "|")
      switch option.argument {
      case .none: continue
      case .text: cases += "    \(names)) return ;;\n"
      case .file: cases += "    \(names)) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
      case .words(_, let words):
        cases += "    \(names)) COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$word\")); return ;;\n"
      }
    }
    let options = OptionEntry.shown.flatMap(spellings).joined(separator: " ")
    return """
      # Completion of noticebook for bash.
      _noticebook() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        COMPREPLY=()
        case $before in
      \(cases)    completions) COMPREPLY=($(compgen -W '\(shells.joined(separator: " "))' -- "$word")); return ;;
        esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W '\(options)' -- "$word"))
        else
          compopt -o filenames
          COMPREPLY=($(compgen -f -X '!*.nbk' -- "$word") $(compgen -d -- "$word"))
          ((COMP_CWORD == 1)) && COMPREPLY+=($(compgen -W '\(words.joined(separator: " "))' -- "$word"))
        fi
      }
      complete -F _noticebook noticebook
      """
  }

  private static var zsh: String {
    var lines: [String] = []
    for option in OptionEntry.shown {
      // Brackets and colons end a description, and quotes the word that it stands in.
      let text = option.summary.replacing("'", with: "").replacing("[", with: "(").replacing("]", with: ")")
        .replacing(":", with: "\\:")
      let argument =
        switch option.argument {
        case .none: ""
        case .text(let name): ":\(name.lowercased()): "
        case .file(let name): ":\(name.lowercased()):_files"
        case .words(let name, let words): ":\(name.lowercased()):(\(words.joined(separator: " ")))"
        }
      let repeats = option.name == "command" || option.name == "set" ? "*" : ""
      for name in spellings(option) { lines.append("  '\(repeats)\(name)[\(text)]\(argument)' \\") }
    }
    return """
      #compdef noticebook
      # Completion of noticebook for zsh.
      _noticebook_words() {
        _alternative 'words:command:(\(words.joined(separator: " ")))' 'files:script:_files -g "*.nbk"'
      }
      _arguments -S \\
      \(lines.joined(separator: "\n"))
        '1: :_noticebook_words' '*:file:_files'
      """
  }

  private static var fish: String {
    var lines = [
      "# Completion of noticebook for fish.",
      "complete -c noticebook -n __fish_use_subcommand -a '\(words.joined(separator: " "))'",
      "complete -c noticebook -n '__fish_seen_subcommand_from completions' -f -a '\(shells.joined(separator: " "))'",
    ]
    for option in OptionEntry.shown {
      let letter = option.hasLetter ? " -s \(option.letter)" : ""
      let argument =
        switch option.argument {
        case .none: ""
        case .text: " -x"
        case .file: " -r -F"
        case .words(_, let words): " -x -a '\(words.joined(separator: " "))'"
        }
      let text = option.summary.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      lines.append("complete -c noticebook\(letter) -l \(option.name)\(argument) -d '\(text)'")
    }
    return lines.joined(separator: "\n")
  }
}
