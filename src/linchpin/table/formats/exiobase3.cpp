// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "linchpin/table/formats/formats.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/pymrio.h"
#include "linchpin/table/formats/two_level.h"
#include "linchpin/table/region_names.h"

namespace linchpin {
namespace {

struct Country {
  std::string_view code;  // as EXIOBASE writes it: ISO 3166 alpha-2
  std::string_view iso3;
};

constexpr std::array<Country, 44> countries{
    {{"AT", "AUT"}, {"AU", "AUS"}, {"BE", "BEL"}, {"BG", "BGR"}, {"BR", "BRA"}, {"CA", "CAN"},
     {"CH", "CHE"}, {"CN", "CHN"}, {"CY", "CYP"}, {"CZ", "CZE"}, {"DE", "DEU"}, {"DK", "DNK"},
     {"EE", "EST"}, {"ES", "ESP"}, {"FI", "FIN"}, {"FR", "FRA"}, {"GB", "GBR"}, {"GR", "GRC"},
     {"HR", "HRV"}, {"HU", "HUN"}, {"ID", "IDN"}, {"IE", "IRL"}, {"IN", "IND"}, {"IT", "ITA"},
     {"JP", "JPN"}, {"KR", "KOR"}, {"LT", "LTU"}, {"LU", "LUX"}, {"LV", "LVA"}, {"MT", "MLT"},
     {"MX", "MEX"}, {"NL", "NLD"}, {"NO", "NOR"}, {"PL", "POL"}, {"PT", "PRT"}, {"RO", "ROU"},
     {"RU", "RUS"}, {"SE", "SWE"}, {"SI", "SVN"}, {"SK", "SVK"}, {"TR", "TUR"}, {"TW", "TWN"},
     {"US", "USA"}, {"ZA", "ZAF"}}};
constexpr std::array<Country, 5> rest_of_world{{{"WA", "Rest of Asia and Pacific"},
                                                {"WE", "Rest of Europe"},
                                                {"WF", "Rest of Africa"},
                                                {"WL", "Rest of America"},
                                                {"WM", "Rest of Middle East"}}};

bool is_power(std::string_view sector) noexcept {
  return sector.starts_with("Production of electricity") || sector.starts_with("Electricity by");
}

/// Sectors stand in the order of NACE: goods first, and from electricity on what cannot be stored.
void describe_labels(TableLabels& labels) {
  for (auto& region : labels.regions) {
    auto const same = [&](Country const& each) { return each.code == region.label; };
    auto const country = std::find_if(countries.begin(), countries.end(), same);
    if (country != countries.end()) {
      auto const known = describe_region(std::string{country->iso3});
      region.name = known.name;
      region.members = known.members;
    }
    auto const rest = std::find_if(rest_of_world.begin(), rest_of_world.end(), same);
    if (rest != rest_of_world.end()) region.name = rest->iso3;
  }
  bool service = false;
  for (auto& sector : labels.sectors) {
    service = service || is_power(sector.label);
    sector.service = sector.service || service;
  }
  for (auto& category : labels.categories) {
    if (lowercase(category.label).starts_with("changes in inventor")) category.inventory_change = true;
  }
}

/// A two-level table that calls itself EXIOBASE, or has its factor inputs among the satellites.
bool looks_like_exiobase3(Bundle const& bundle) {
  if (!has_two_level_table(bundle)) return false;
  auto const member = bundle.find("metadata.json");
  auto const metadata = read_pymrio_metadata(bundle, member.value_or(""));
  if (metadata && metadata->own) return false;  // ours, whatever it is called
  auto const names_it = [](std::string const& text) {
    auto const small = lowercase(text);  // a folder is called IOT_2011_pxp; wiot_2011 is another's
    return small.find("exio") != std::string::npos || small.starts_with("iot_") ||
           small.find("/iot_") != std::string::npos;
  };
  auto const& members = bundle.members();
  if (names_it(bundle.file_name()) || std::any_of(members.begin(), members.end(), names_it)) {
    return true;
  }
  if (metadata && (names_it(metadata->name) || names_it(metadata->description))) return true;
  return !bundle.find("file_parameters.json").has_value();
}

Result<Table> read_exiobase3(Bundle const& bundle, ReadOptions const& options,
                             RunControl const& control) {
  auto const files = find_two_level(bundle, options);
  if (!files) return fail(files.error());
  auto const metadata = read_pymrio_metadata(bundle, files->metadata);
  if (!metadata) return fail(metadata.error());
  TableInfo info;
  std::string system = metadata->system;
  for (auto const& text :
       {files->folder, bundle.file_name(), metadata->name, metadata->description}) {
    if (info.year == 0) info.year = year_in_name(text);
    for (auto const* each : {"pxp", "ixi"}) {
      if (system.empty() && lowercase(text).find(each) != std::string::npos) system = each;
    }
  }
  info.title = "EXIOBASE 3";
  if (!metadata->version.empty()) info.title += " version " + metadata->version;
  if (!system.empty()) info.title += ", " + system;
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"EUR", 1e6};
  info.price_basis = "current prices";
  info.source =
      "Stadler, Wood, Bulavskaya et al. (2018), \"EXIOBASE 3: Developing a Time Series of Detailed "
      "Environmentally Extended Multi-Regional Input-Output Tables\", Journal of Industrial "
      "Ecology 22: 502–515";
  info.licence = "CC BY-SA 4.0 (versions before 3.8: see the release)";
  info.history = fmt::format("imported from {} (format exiobase3)", bundle.file_name());
  return read_two_level(bundle, *files,
                        {.describe = describe_labels, .value_added_in = "satellite"},
                        std::move(info), options, control);
}

}  // namespace

TableFormat exiobase3_format() noexcept {
  return {"exiobase3", "EXIOBASE 3, product by product or industry by industry, folder or zip",
          looks_like_exiobase3, read_exiobase3};
}

}  // namespace linchpin
