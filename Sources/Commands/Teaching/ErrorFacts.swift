import Interpreter
import Net

/// What is to be said of an error: each of its layers from the outermost to the cause, and what the cause means.
enum ErrorFacts {
  static func of(_ error: any LayeredError) -> [Fact] {
    var facts = error.layers.map { layer in
      let reference = NumberFacts.references(to: layer.code, of: ["error"]).first
      return Fact(layer.layer.rawValue, layer.code, layer.message, reference?.place ?? "")
    }
    if let root = error.layers.last {
      facts += NumberFacts.references(to: root.code, of: ["error"]).map {
        Fact("meaning", $0.value, $0.about, $0.place, isReading: true)
      }
    }
    let status = Int(ExitStatus.of(error))
    return facts + NumberFacts.of(status).filter { $0.part == "exit status" }
  }
}
