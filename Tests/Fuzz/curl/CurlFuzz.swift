import Wire

/// A line of curl is read, or refused for a reason that has words.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCurl(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let line = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  do throws(CurlError) {
    for request in try CurlRequest.all(in: line) { _ = (request.method, request.contentType, request.header("accept")) }
  } catch {
    _ = error.message
  }
  return 0
}
