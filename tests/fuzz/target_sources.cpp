// SPDX-License-Identifier: Apache-2.0
#include "fuzz/support.h"
#include "linchpin/table/fetch/sources_file.h"

namespace linchpin::fuzz {

void sources(Bytes input) {
  auto const list = parse_sources(text_of(input), "fuzz.toml");
  if (!list) return require_sound(list.error());
  for (auto const& source : list->sources) {
    require(find_source(*list, source.name).has_value(), "a source is found under its name");
    require(
        source.name.find('/') == std::string::npos && source.file.find('/') == std::string::npos,
        "names stay inside the cache");
  }
}

}  // namespace linchpin::fuzz
