import Clients
import Interpreter
import Net

let rfc = Command(
  "rfc", "Fetches the text of an RFC.",
  Parameter<Int>.required("number", "its number"),
  Parameter<URL?>.option("base", "the folder of the documents (default https://www.rfc-editor.org/rfc/)"),
  TLSOptions.authorities, TLSOptions.insecure,
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example("rfc 2324 --base http://www.rfc.test/rfc/ | lines | count | $in > 40", "true", needsLab: true)
  ]
) { machine, number, base, authorities, isInsecure, timeout in
  let home = try base ?? URL("https://www.rfc-editor.org/rfc/")
  let library = try RFCLibrary(base: home, client: try machine.httpClient(authorities, isInsecure))
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  return .bytes(try library.fetch(number, context).text)
}
