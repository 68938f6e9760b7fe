extension HelpText {
  /// The page on the keys of the line editor.
  static let keys = """
    The keys while a statement is typed
      Return          runs the statement when it is complete, wherever the cursor is;
                      else goes on in the next line, as Alt-Return always does
      Up, Down        the lines of the statement; from the first and the last one, the
                      statements typed before that begin with what is before the cursor
      PgUp, PgDn      these at once
      Right, End      at the end take what is suggested there; Ctrl-Right a word of it
      Tab             goes on with the word as the language allows, or with the values
                      that a column has; lists the ways to go on where there are
                      several. Then Tab, Shift-Tab and arrows choose, Return takes,
                      Escape leaves, and typing on makes the list shorter
      Ctrl-R          searches what was typed before for any text; again: the one before
      Alt-.           the last word of the statement before; again: of the one before it
      Ctrl-A, Ctrl-E  to the start, to the end of the line; Alt-<, Alt-> of the statement
      Ctrl-W, Alt-D   cut the word before, behind the cursor; Ctrl-Left, Ctrl-Right go
      Ctrl-U, Ctrl-K  cut the line before, behind the cursor
      Ctrl-Y          puts in what was cut; then Alt-Y what was cut before it
      Ctrl-_          takes a change back; Alt-/ makes it again
      Ctrl-X Ctrl-E   opens the statement in the editor that VISUAL or EDITOR names
      Ctrl-L, Ctrl-Z  clears the window; stops the program until `fg`
      Ctrl-C          drops the statement; stops one that runs
      Ctrl-D          on an empty line leaves

    A pasted text is put in whole, and runs only at Return; then all of it does.
    Words have colours: the language's own, tables, columns, functions, texts,
    numbers; a name that nothing has and a bracket that closes nothing are red.
    `set theme` chooses them; NO_COLOR=1 or --color never is without, and without
    suggestions. `set prompt` and `set title` choose what stands around.

    `bind -v` in ~/.editrc chooses vi's keys. In their command mode the prompt ends
    in a colon, / searches, v edits elsewhere, u and Ctrl-R take back and make
    again. Other keys are chosen in that file too: see editrc(5).
    """
}
