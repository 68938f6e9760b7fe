extension GrammarCatalog {
  /// Commands of the notebook itself.
  static let notebookCommands: [GrammarEntry] = [
    GrammarEntry(
      .command, "print",
      syntax: "print VALUE, ...",
      summary: "print a line of text, such as a heading",
      text: """
        Prints values side by side on a line of their own: a heading between the results of a script. In formats for \
        programs it is a message.
        """,
      examples: [
        "print 'Suspended versus withheld'",
        "print 'as of', date '2021-02-10'",
      ]),
    GrammarEntry(
      .command, "last",
      syntax: "last",
      summary: "show the last result again, all of it",
      text: """
        Shows the last result whole, in the pager on a terminal. `_` is the same, and a table for queries too; `_2` \
        is the result before.
        """,
      examples: [
        "from actions; last",
        "from actions; from _ |> share action",
      ]),
    GrammarEntry(
      .command, "save",
      syntax: "save 'FILE' | save session FILE",
      summary: "write rows to a file, or the session with its results to Markdown",
      text: """
        Behind `|>` it writes rows, in the format of the name's ending. `save session` writes what was typed with \
        its results, as Markdown that can be run again. Either is there whole or not at all.
        """,
      examples: [
        "save session claims.md",
        "from actions; save 'last.csv'",
      ]),
    GrammarEntry(
      .command, "save snapshot",
      syntax: "save snapshot 'FILE.nbs' [of TABLE, ...]",
      summary: "write all tables, views and values to a file that `load` brings back at once",
      text: """
        Writes tables as they lie in memory, so that `load` brings any number of rows back at once.
        """,
      examples: [
        "save snapshot 'all.nbs'",
        "save snapshot 'claims.nbs' of actions, notices",
      ]),
    GrammarEntry(
      .command, "run",
      syntax: "run FILE [with (NAME = VALUE, ...)]",
      summary: "run the statements of a file",
      text: """
        Runs a script as if it were typed here. Its parameters, written $NAME, get their values in brackets.
        """,
      examples: [
        "run scripts/removal-requests.nbk",
        "run 'scripts/india-2021.nbk' with (since = date '2021-02-01')",
      ]),
    GrammarEntry(
      .command, "explain",
      syntax: "explain [analyze] QUERY",
      summary: "show how a query would run, or did",
      text: """
        Shows the steps in which a query is run, the last one first, and how many rows each is expected to give; \
        with `analyze` runs it, and shows how many rows and how much time each took.
        """,
      examples: [
        "explain from actions |> share action by reported_by",
        "explain analyze from removal_requests |> top 3 country",
      ]),
    GrammarEntry(
      .command, "set",
      syntax: "set OPTION VALUE",
      summary: "change a setting",
      text: """
        Changes a setting until the notebook is left; `noticebook/startup.nbk` below ~/.config can set it each time.
        """,
      examples: [
        "set rows 100",
        "set null '-'",
      ]),
    GrammarEntry(
      .command, "settings",
      syntax: "settings",
      summary: "list the settings",
      text: """
        Lists the settings with their values, where each value comes from, and what it can be.
        """,
      examples: [
        "settings",
        "help settings",
      ]),
    GrammarEntry(
      .command, "format",
      syntax: "format NAME",
      summary: "choose how results are printed",
      text: """
        Chooses how results are printed; `auto` is boxes on a terminal and CSV elsewhere.
        """,
      examples: [
        "format markdown",
        "format auto",
      ]),
    GrammarEntry(
      .command, "output",
      syntax: "output FILE|off",
      summary: "send results to a file",
      text: """
        Sends results to a file until `output off`. The file is there, whole, when it is finished.
        """,
      examples: [
        "output results.txt; from actions; output off",
        "output 'claims.csv'; output off",
      ]),
    GrammarEntry(
      .command, "timer",
      syntax: "timer on|off",
      summary: "print how long each statement took",
      text: """
        Says after each statement how long it took.
        """,
      examples: [
        "timer on",
        "timer off",
      ]),
    GrammarEntry(
      .command, "edit",
      syntax: "edit",
      summary: "open the statement before in your editor",
      text: """
        Opens the statement before in the editor that VISUAL or EDITOR names. What is saved there is put behind the \
        prompt, to be looked at: it runs at Return. Ctrl-X Ctrl-E does the same with what is being typed.
        """,
      examples: [
        "edit",
        "help keys",
      ]),
    GrammarEntry(
      .command, "connect",
      syntax: "connect 'ADDRESS' [as NAME]",
      summary: "send queries to a database that holds the tables: Spark, PostgreSQL, SQLite",
      text: """
        From here on the tables of the database can be spoken of as if they were here: by their names, or as NAME!TABLE. \
        What its dialect has words for is run there, and only results come back; intervals, curves and tests are made \
        here of what was counted there. `explain` shows what is sent, `help engines` how it is done.
        """,
      examples: [
        "connect 'postgresql://reader@db.example.org/reports' as pg", "connect 'spark://localhost:15002'",
      ]),
    GrammarEntry(
      .command, "disconnect",
      syntax: "disconnect NAME",
      summary: "end a connection; results that were pulled stay",
      text:
        "Forgets the tables of a database. What `let NAME :=` has stored of them is a table of this process and stays.",
      examples: ["disconnect pg", "disconnect spark"]),
    GrammarEntry(
      .command, "drivers",
      syntax: "drivers",
      summary: "list the databases that can be connected, and how to get their drivers",
      text: """
        Each kind of database is spoken to by a shared library, an ADBC driver, which is looked for in the folders of \
        NOTICEBOOK_DRIVERS and in those where libraries are installed.
        """,
      examples: ["drivers", "help connect"]),
    GrammarEntry(
      .command, "undo",
      syntax: "undo",
      summary: "take back what the last input did to tables, names and settings; files stay as they are",
      text: """
        Brings tables, views, values, settings and the working folder back as they were before the last input that \
        changed any of them. Files are not touched. Tables that were dropped are kept for it as long as they take \
        less than a quarter of the memory.
        """,
      examples: [
        "drop actions; undo",
        "help redo",
      ]),
    GrammarEntry(
      .command, "redo",
      syntax: "redo",
      summary: "do again what `undo` took back",
      text: """
        Does again what `undo` took back, as long as nothing else was changed since.
        """,
      examples: [
        "redo",
        "help undo",
      ]),
    GrammarEntry(
      .command, "watch",
      syntax: "watch TIME STATEMENT",
      summary: "show the same thing again and again, until Ctrl-C",
      text: """
        Runs a query, or another statement that only shows something, again and again, on a screen of its own. A \
        file that is asked in place is read anew each time. What was seen last stays.
        """,
      examples: [
        "watch 5s from 'datasets/india-2021/actions.csv' |> share action",
        "watch 1m tables",
      ]),
    GrammarEntry(
      .command, "cd",
      syntax: "cd [FOLDER|-]",
      summary: "go to a folder, without one to the home folder; `-` is the one before",
      text: """
        From here on paths begin in this folder. Without a folder it is the home folder, with `-` the one before.
        """,
      examples: [
        "cd datasets",
        "cd -",
      ]),
    GrammarEntry(
      .command, "ls",
      syntax: "ls [FOLDER]",
      summary: "list what is in a folder, and what of it can be loaded",
      text: """
        Lists what is in a folder: folders first, then files, and which of them `load` and `run` can read.
        """,
      examples: [
        "ls datasets/india-2021",
        "ls",
      ]),
    GrammarEntry(
      .command, "pwd",
      syntax: "pwd",
      summary: "say which folder paths begin at",
      text: """
        Says in which folder paths begin.
        """,
      examples: [
        "pwd",
        "cd datasets; pwd",
      ]),
    GrammarEntry(
      .command, "tour",
      syntax: "tour [STEP]",
      summary: "ten steps through the notebook, on what India ordered in February 2021",
      text: """
        Goes on with the tour, one step each time: ten of them on what India ordered in February 2021 and what \
        Twitter did. With a number it goes to that step.
        """,
      examples: [
        "tour",
        "tour 4",
      ]),
    GrammarEntry(
      .command, "history",
      syntax: "history [N]",
      summary: "list what was typed",
      text: """
        Lists what was typed, in earlier sessions too; the file is ~/.local/state/noticebook/history. At the prompt \
        Ctrl-R searches it.
        """,
      examples: [
        "history 20",
        "history",
      ]),
    GrammarEntry(
      .command, "help",
      syntax: "help [TOPIC]",
      summary: "explain a command, operator or function",
      text: """
        Explains a command, an operator, a function or a topic; without one it lists them. `help why` explains the \
        last error.
        """,
      examples: [
        "help share",
        "help load options",
      ]),
    GrammarEntry(
      .command, "quit",
      syntax: "quit",
      summary: "leave",
      text: """
        Leaves the notebook, as Ctrl-D does. What was not saved is gone.
        """,
      examples: [
        "quit",
        "exit",
      ]),
    GrammarEntry(
      .command, "exit",
      syntax: "exit",
      summary: "leave",
      text: """
        Leaves the notebook, as `quit` does.
        """,
      examples: [
        "exit",
        "quit",
      ]),
  ]
}
