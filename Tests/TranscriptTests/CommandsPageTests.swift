import Commands
import Interpreter
import TestSupport
import Testing

/// The reference of the commands, which is made from their declarations. With NSH_REWRITE=1 it is written anew: `make docs`.
struct CommandsPageTests {
  static let page = "\(Tree.root)/share/nsh/doc/commands.md"

  @Test func isCurrent() throws {
    let made = Help.page(of: allCommands.all)
    let written = (try? Tree.read(Self.page)) ?? ""
    guard made != written else { return }
    guard !Tree.rewrites else { return try Tree.write(made, to: Self.page) }
    let different = zip(made.split(separator: "\n"), written.split(separator: "\n")).first { $0 != $1 }
    Issue.record("run `make docs`: the page is stale, from this line on: \(different?.0 ?? "the end")")
  }

  @Test func hasNoControlCharacters() {
    let page = Help.page(of: allCommands.all)
    #expect(!page.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" })
    #expect(!page.unicodeScalars.contains { (0x7F..<0xA0).contains($0.value) })
  }
}
