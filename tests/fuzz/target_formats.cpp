// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/support.h"
#include "linchpin/table/check.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/shape.h"

namespace linchpin::fuzz {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string_view take_line(std::string_view& text) {
  auto const end = std::min(text.find('\n'), text.size());
  auto const line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Splits at lines that start with "@@ "; without one there is a single member.
Members members_of(std::string_view text) {
  Members members;
  if (!text.starts_with("@@ ")) members.emplace_back("table.csv", "");
  while (!text.empty()) {
    if (text.starts_with("@@ ")) {
      members.emplace_back(std::string{take_line(text).substr(3)}, "");
      continue;
    }
    auto const end = std::min(text.find("\n@@ "), text.size());
    members.back().second += text.substr(0, std::min(end + 1, text.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  // A folder or an archive holds each name once.
  std::stable_sort(members.begin(), members.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
  members.erase(std::unique(members.begin(), members.end(),
                            [](auto const& a, auto const& b) { return a.first == b.first; }),
                members.end());
  return members;
}

void read(TableFormat const& format, Bundle const& bundle, bool single) {
  ReadOptions options;
  options.memory_limit = memory_limit;
  options.float32 = single;
  auto const table = format.read(bundle, options, RunControl{.threads = 1});
  if (!table) return require_sound(table.error());
  require(check_shapes(*table).has_value(), "a table that was read fits its labels");
  (void)check_table(*table);
}

}  // namespace

void formats(Bytes input) {
  auto text = text_of(input);
  auto const head = take_line(text);
  auto const bundle = Bundle::of_texts("fuzz.csv", members_of(text));
  for (auto const& format : all_formats()) {
    if (format.name == head) return read(format, bundle, false);
  }
  for (auto const& format : all_formats()) {
    if (format.matches(bundle)) return read(format, bundle, head.starts_with('s'));
  }
}

}  // namespace linchpin::fuzz
