// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "fuzz/support.h"
#include "linchpin/parameters/mapping.h"
#include "linchpin/parameters/parameter_file.h"

namespace linchpin::fuzz {
namespace {

/// A first line "#choice CP" names the column or set to take.
std::string_view choice_of(std::string_view& text) {
  constexpr std::string_view mark = "#choice ";
  if (!text.starts_with(mark)) return {};
  auto const end = text.find('\n');
  auto const choice = text.substr(mark.size(), end == text.npos ? end : end - mark.size());
  text = end == text.npos ? std::string_view{} : text.substr(end + 1);
  return choice;
}

void require_at_least(parameters::SectorParameters::Numbers const& numbers, double least) {
  for (auto const& each : numbers) {
    // Stocks may be endless; nothing is less than its least or undefined.
    require(!each || (*each >= least && !std::isnan(*each)),
            "a number of a sector is in its range");
  }
}

}  // namespace

void parameters(Bytes input) {
  auto text = text_of(input);
  std::string const choice{choice_of(text)};
  auto const file = linchpin::parameters::read_parameter_file(text, "fuzz.csv", choice);
  if (!file) return require_sound(file.error());
  std::vector<SectorLabel> sectors;
  for (auto const* label : {"C26", "c14", "R_S", "SERV", "D35T39"}) {
    SectorLabel sector;
    sector.label = label;
    sectors.push_back(sector);
  }
  auto const mapped = linchpin::parameters::map_to_sectors(std::span(&*file, 1), sectors);
  require_at_least(mapped.inventory_days, 1);
  require_at_least(mapped.resourcing_elasticity, 0);
  require_at_least(mapped.overproduction, 1);
  for (double const each : mapped.criticality.values()) {
    require(each == 0 || each == 0.5 || each == 1, "a rating is 0, 0.5 or 1");
  }
}

}  // namespace linchpin::fuzz
