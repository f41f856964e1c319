// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/matrix_reader_member.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string listed(std::vector<std::string> const& names) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t k = 0; k < std::min(names.size(), most); ++k) {
    if (k > 0) text += ", ";
    text += printable(names[k]);
  }
  if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
  return text;
}

}  // namespace

int year_in_name(std::string_view name) noexcept {
  constexpr std::size_t length = 4;
  int found = 0;
  for (std::size_t start = 0; start < name.size();) {
    if (!is_digit(name[start])) {
      ++start;
      continue;
    }
    std::size_t stop = start;
    int number = 0;
    for (; stop < name.size() && is_digit(name[stop]); ++stop) {
      if (stop - start < length) number = number * 10 + (name[stop] - '0');
    }
    if (stop - start == length && number >= 1900 && number <= 2099) found = number;
    start = stop;
  }
  return found;
}

Result<std::string> choose_member(Bundle const& bundle, ReadOptions const& options,
                                  std::function<bool(std::string const& member)> const& is_table) {
  auto const& members = bundle.members();
  if (!options.member.empty()) {
    if (std::find(members.begin(), members.end(), options.member) != members.end()) {
      return options.member;
    }
    if (auto const found = bundle.find(options.member)) return *found;
    return fail(
        ErrorCode::bad_value, fmt::format("there is no member '{}'", printable(options.member)),
        bundle.name(),
        did_you_mean(options.member, members, fmt::format("its members are {}", listed(members))));
  }
  std::vector<std::string> tables;
  std::copy_if(members.begin(), members.end(), std::back_inserter(tables), is_table);
  if (tables.size() == 1) return tables.front();
  // Its reader says what is wrong with it.
  if (tables.empty() && members.size() == 1) return members.front();
  if (tables.empty()) {
    return fail(
        ErrorCode::missing_value, "no member is a table of this format", bundle.name(),
        members.empty() ? "it holds no files" : fmt::format("its members are {}", listed(members)));
  }
  return fail(ErrorCode::missing_value,
              fmt::format("it holds {} tables: {}", tables.size(), listed(tables)), bundle.name(),
              fmt::format("choose one with --member {}", printable(tables.front())));
}

bool is_excel_workbook(Bundle const& bundle) {
  auto const& members = bundle.members();
  if (!bundle.single_file()) {
    return std::any_of(members.begin(), members.end(), [](std::string const& member) {
      return member == "xl/workbook.xml" || member == "xl/workbook.bin";
    });
  }
  constexpr std::string_view compound_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  std::array<char, compound_file.size()> start{};
  auto source = bundle.open_bytes(members.front());
  if (!source) return false;
  std::size_t length = 0;
  while (length < start.size()) {
    auto const count = (*source)->read(std::span{start}.subspan(length));
    if (!count || *count == 0) return false;
    length += *count;
  }
  return std::string_view(start.data(), length) == compound_file;
}

}  // namespace linchpin
