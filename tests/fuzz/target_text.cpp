// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fuzz/support.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/mapping.h"

namespace linchpin::fuzz {

void csv(Bytes input) {
  auto const bundle = Bundle::of_texts("fuzz.csv", {{"fuzz.csv", std::string{text_of(input)}}});
  auto reader = bundle.open_csv("fuzz.csv", dialect_of(bundle.first_line("fuzz.csv")));
  if (!reader) return require_sound(reader.error());
  std::size_t last = 0;
  for (;;) {
    auto const more = reader->next();
    if (!more) return require_sound(more.error());
    if (!*more) return;
    require(reader->line_number() > last, "lines are counted upwards");
    last = reader->line_number();
    if (auto const split = reader->split(); !split) {
      require_sound(split.error());
      continue;
    }
    require(!reader->fields().empty(), "a line has a field");
    for (auto const field : reader->fields()) {
      double value = 0;
      auto const fault = parse_number(field, reader->dialect(), value);
      if (fault == NumberFault::none) {
        require(std::isfinite(value), "a number that was read is finite");
      } else {
        require_sound(describe(fault, field, reader->where(0)));
      }
    }
  }
}

void numbers(Bytes input) {
  auto const text = text_of(input);
  for (char const separator : {',', ';', '\t'}) {
    double value = 0;
    if (parse_number(text, CsvDialect{separator}, value) == NumberFault::none) {
      require(std::isfinite(value), "a number that was read is finite");
    }
  }
}

void mapping(Bytes input) {
  InputAsFile const file(input);
  auto const mapping = read_mapping(file.path());
  if (!mapping) return require_sound(mapping.error());
  for (auto const& entry : mapping->entries) {
    require(!entry.from.empty() && !entry.to.empty(), "a mapping maps labels to labels");
  }
}

void archive(Bytes input) {
  InputAsFile const file(input);
  auto const bundle = Bundle::open(file.path());
  if (!bundle) return require_sound(bundle.error());
  constexpr std::size_t most_members = 20, most_bytes = std::size_t{1} << 20;
  std::size_t read = 0;
  for (auto const& member : bundle->members()) {
    require(member.find("..") == std::string::npos || !member.starts_with("../"),
            "no member climbs");
    (void)bundle->first_line(member);
    auto const text = bundle->read_text(member, most_bytes);
    if (!text) require_sound(text.error());
    if (++read == most_members) break;
  }
}

}  // namespace linchpin::fuzz
