// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_rows.h"

#include <algorithm>

namespace linchpin::study {

ResultTable autonomy_table(char const* name, char const* title, char const* note,
                           char const* region_title, char const* region_description) {
  ResultTable table{name, title, note, true, {}};
  table.columns.push_back(text_column("technology", "Technology (code)", "As the study names it."));
  table.columns.push_back(text_column("technology_title", "Technology", "Its name."));
  table.columns.push_back(
      text_column("region", std::string{region_title} + " (code)", region_description));
  table.columns.push_back(text_column("region_name", region_title, region_description));
  return table;
}

RowWriter& begin_row(RowWriter& row, AutonomyAnswer const& answer) {
  return row << answer.technology << answer.title << answer.region << answer.region_name;
}

RowWriter& begin_row(RowWriter& row, AutonomyAnswer const& answer, std::size_t place) {
  auto const& names = answer.region_names;
  return row << answer.technology << answer.title << answer.regions[place]
             << (place < names.size() ? names[place] : answer.regions[place]);
}

std::string instrument_words(localize::InstrumentKind kind) {
  std::string words{to_string(kind)};
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::string number_words(std::string_view name) {
  if (name == "theta") return "trade elasticity";
  std::string words{name};
  std::replace(words.begin(), words.end(), '_', ' ');
  constexpr std::string_view diffusion = "diffusion.";
  if (words.starts_with(diffusion)) {
    words = "use by others: " + words.substr(diffusion.size());
  }
  return words;
}

}  // namespace linchpin::study
