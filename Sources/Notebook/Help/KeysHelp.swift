extension HelpText {
  /// The page on the keys of the line editor.
  static let keys = """
    The keys while a statement is typed
      Return          runs the statement when it is complete, wherever the cursor is in it; goes on in the next line else
      Alt-Return      goes on in the next line
      Up, Down        the lines of the statement; from the first and the last one, the statements typed before that begin
                      with what stands before the cursor
      PgUp, PgDn      these at once
      Right, End      at the end of the statement takes what is suggested there; Ctrl-Right takes a word of it
      Tab             goes on with the word as the language allows, or with the values that a column has; lists the ways to
                      go on where there are several. Once more, Shift-Tab and the arrows choose one, Return takes it,
                      Escape leaves the list, and typing on makes it shorter
      Ctrl-R          searches the statements typed before for any text; again for the one before; Escape gives up
      Alt-.           puts in the last word of the statement before; again that of the one before it
      Ctrl-A, Ctrl-E  to the start, to the end of the line; Ctrl-Left, Ctrl-Right by a word; Alt-<, Alt-> the statement
      Ctrl-W, Alt-D   cuts the word before, behind the cursor; Ctrl-U, Ctrl-K the line before, behind it
      Ctrl-Y          puts in what was cut last; then Alt-Y in its place what was cut before
      Ctrl-_          takes a change back; Alt-/ makes it again
      Ctrl-L          clears the window
      Ctrl-C          drops the statement; stops one that runs
      Ctrl-D          on an empty line leaves

    A pasted text is put in whole, and runs only at Return; then all its statements do.
    Words have colours: the language's own, tables, columns, functions, texts, numbers; a name that nothing has and a
    bracket that closes nothing are red. NO_COLOR=1 or --color never is without colours and suggestions.
    `bind -v` in ~/.editrc chooses vi's keys, whose command mode has a prompt that ends in a colon: / searches, u and
    Ctrl-R take back and make again. Other keys are chosen there too: see editrc(5).
    """
}
