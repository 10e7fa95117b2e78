/// A file whose functions `use` makes known under its name.
final class Module {
  /// The file's name without `.nsh`: the first word of its commands.
  let name: String
  let path: String
  var definitions: [String: FunctionCode] = [:]
  /// Its statements, which run once, at the first `use` that is reached.
  var code = Exec { _ in .normal }
  var hasRun = false

  init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  /// Names a variable of the module among those of the session; no script can spell it.
  func key(_ variable: String) -> String { "\(path)\0\(variable)" }
}
