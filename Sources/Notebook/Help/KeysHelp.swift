extension HelpText {
  /// The page on the keys of the line editor.
  static let keys = """
    The keys while a statement is typed
      Right           at the end of the line takes what is suggested there: the latest statement that begins so
      Tab             goes on with the word as the language allows, or with the values that a column has; once more lists
                      the ways to go on
      Up, Down        the statements typed before
      PgUp, PgDn      of these, the ones that begin with what is typed
      Ctrl-R          searches them for any text
      Ctrl-A, Ctrl-E  to the start, to the end of the line; Ctrl-Left, Ctrl-Right by a word
      Ctrl-W, Ctrl-U  deletes the word, everything before the cursor; Ctrl-K everything behind it
      Ctrl-C          drops the statement; stops one that runs
      Ctrl-D          on an empty line leaves

    Words have colours: the language's own, tables, columns, functions, texts, numbers; a name that nothing has and a
    bracket that closes nothing are red. NO_COLOR=1 or --color never is without colours and suggestions.
    Other keys, and vi's, are chosen in ~/.editrc: see editrc(5).
    """
}
