import Diagnostics
import Glibc
import Interpreter
import System
import Terminal

/// The file of statements that runs before the first prompt; what is wrong in it is told, and locks nobody out.
struct Configuration {
  private let shell: Shell

  init(_ shell: Shell) { self.shell = shell }

  /// Gives `$XDG_CONFIG_HOME/nsh/config.nsh` (XDG Base Directory Specification), which lies in ~/.config if that is not set.
  static var path: String? {
    func folder(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return (folder("XDG_CONFIG_HOME") ?? folder("HOME").map { $0 + "/.config" }).map { $0 + "/nsh/config.nsh" }
  }

  /// Runs the file, if there is one and it is wanted.
  func run() {
    guard shell.options.readsConfiguration, let path = Self.path, access(path, F_OK) == 0 else { return }
    do throws(FileError) {
      run(shell.session.prepare(Source(name: path, bytes: try FileText.read(path))))
    } catch { shell.console.report(Report(error)) }
    shell.session.interrupt.clear()
    try? shell.console.flush()
  }

  private func run(_ source: Source) {
    let parsed = shell.session.parse(source)
    guard parsed.findings.isEmpty else { return shell.report(parsed.findings) }
    switch shell.session.check(parsed.block, of: source) {
    case .failure(let findings): shell.report(findings.all)
    case .success(let program):
      switch shell.machine.run(program) {
      case .done: break
      case .failed(let failure): _ = shell.report(failure)
      case .exit: shell.console.report(Report("`exit` in \(source.name) does not end the shell"))
      }
    }
  }
}
