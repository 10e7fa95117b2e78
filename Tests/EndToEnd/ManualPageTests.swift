import Commands
import TestSupport
import Testing

@testable import nsh

/// The manual page and the completions for other shells, which are made from the declarations.
struct ManualPageTests {
  static let page = "\(Tree.root)/share/man/man1/nsh.1"

  /// With NSH_REWRITE=1 it is written anew: `make docs`.
  @Test func isCurrent() throws {
    let made = ManualPage.text(commands: allCommands.all)
    guard made != (try? Tree.read(Self.page)) else { return }
    guard !Tree.rewrites else { return try Tree.write(made, to: Self.page) }
    Issue.record("run `make docs`: the manual page is stale")
  }

  @Test func namesEveryOptionAndCommand() {
    let made = ManualPage.text(commands: allCommands.all)
    for option in [
      "check", "json", "color", "timeout", "keep\\-going", "live", "no\\-config", "completions", "help", "version",
    ] {
      #expect(made.contains("\\-\\-\(option)"), "\(option)")
    }
    for command in allCommands.all { #expect(made.contains("\\fB" + command.name.replacing("-", with: "\\-"))) }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsComeForAShell(_ shell: String) throws {
    let run = try Run("--completions", shell)
    #expect(run.status == 0 && run.errors.isEmpty)
    for option in ["keep-going", "timeout", "no-config"] { #expect(run.output.contains(option)) }
  }

  @Test func bashTakesTheCompletions() throws {
    let folder = try Folder()
    try folder.write("nsh.bash", try Run("--completions", "bash").output)
    let script = """
      source \(folder.path)/nsh.bash; COMP_WORDS=(nsh --keep); COMP_CWORD=1; COMP_LINE='nsh --keep'; COMP_POINT=10
      $(complete -p nsh | sed 's/.*-F \\([^ ]*\\).*/\\1/') nsh --keep nsh; echo "${COMPREPLY[@]}"
      """
    let run = try Run(words: ["/bin/bash", "-c", script])
    #expect(run.output.contains("--keep-going"), "\(run.output)\(run.errors)")
  }

  @Test func anUnknownShellIsWrongUsage() throws {
    #expect(try Run("--completions", "tcsh").status == 2)
  }
}
