// SPDX-License-Identifier: Apache-2.0
#include "fuzz/server.h"

#include <filesystem>
#include <memory>
#include <string>

#include "fuzz/support.h"
#include "linchpin/results/json.h"
#include "support/table_fixtures.h"

namespace linchpin::fuzz {
namespace {

serve::AppSettings settings_in(std::filesystem::path const& folder) {
  std::filesystem::create_directories(folder / "data");
  std::filesystem::create_directory_symlink(LINCHPIN_SOURCE_DIR "/data/parameters",
                                            folder / "data" / "parameters");
  serve::AppSettings settings;
  settings.folder = folder / "serve";
  settings.data = folder / "data";
  // NetCDF is not fuzzed: no upload gets as far as the library.
  settings.reader_program = "/bin/false";
  settings.worlds = {LINCHPIN_TEST_CASES "/table/leather.csv"};
  settings.guard.port = 80;
  settings.queue.capacity = 2;
  settings.queue.threads = 1;
  settings.queue.run_seconds = 1;
  settings.queue.keep_bytes = std::uint64_t{1} << 20;
  settings.queue.free_bytes = 0;
  return settings;
}

}  // namespace

serve::App& tiny_server() {
  static test::TemporaryFolder const folder;
  static auto const made = serve::App::open(settings_in(folder.path()));
  require(made.has_value(), "a server opens in an empty folder");
  return **made;
}

void require_answer(int status, std::string_view body) {
  require(status >= 200 && status < 600, "an answer has a status");
  require(status != 500, "no request makes a bug");
  if (status < 400) return;
  auto const document = Json::parse(body, nullptr, false);
  require(document.is_object() && document.contains("error"), "a refusal says why");
  for (auto const* key : {"code", "what", "where", "hint"}) {
    require(!document["error"][key].get<std::string>().empty(), "a refusal is whole");
  }
}

}  // namespace linchpin::fuzz
