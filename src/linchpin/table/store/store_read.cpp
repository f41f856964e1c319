// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/table/allocate.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/store/trade_store.h"

namespace linchpin {
namespace {

using Names = std::vector<std::string>;

class WorldReader {
 public:
  WorldReader(NetcdfReader file, WorldReadOptions const& options)
      : file_(std::move(file)), options_(options) {}

  Result<Table> read() {
    using Step = Result<void> (WorldReader::*)();
    for (Step const step :
         {&WorldReader::check_format, &WorldReader::check_sizes, &WorldReader::read_regions,
          &WorldReader::read_sectors, &WorldReader::read_industries,
          &WorldReader::read_final_demand, &WorldReader::read_value_added,
          &WorldReader::read_numbers, &WorldReader::read_satellites}) {
      if (auto const done = (this->*step)(); !done) return fail(done.error());
    }
    return std::move(table_);
  }

 private:
  Result<void> check_format();
  Result<void> check_sizes();
  Result<void> read_regions();
  Result<void> read_sectors();
  Result<void> read_industries();
  Result<void> read_final_demand();
  Result<void> read_value_added();
  Result<void> read_numbers();
  Result<void> read_flows(std::size_t n, std::size_t columns, std::size_t rows);
  Result<void> read_sparse_flows(std::size_t n);
  Result<void> read_satellites();
  [[nodiscard]] tl::unexpected<Error> unfit(std::string what) const;
  [[nodiscard]] std::string text(char const* attribute) const {
    return file_.text_attribute(attribute).value_or("");
  }
  [[nodiscard]] double number(char const* attribute, double otherwise) const {
    return file_.number_attribute(attribute).value_or(otherwise);
  }

  NetcdfReader file_;
  WorldReadOptions options_;
  Table table_;
};

tl::unexpected<Error> WorldReader::unfit(std::string what) const {
  return fail(ErrorCode::bad_format, std::move(what), file_.name(),
              "this is not a world stored by linchpin: import the publisher's file instead");
}

std::vector<std::string> split_at_blanks(std::string const& text) {
  std::vector<std::string> words;
  std::size_t start = 0;
  while (start < text.size()) {
    auto const stop = std::min(text.find(' ', start), text.size());
    if (stop > start) words.push_back(text.substr(start, stop - start));
    start = stop + 1;
  }
  return words;
}

Result<void> WorldReader::check_format() {
  if (text(kind_attribute) == trade_calibration_kind) {
    return fail(ErrorCode::bad_format,
                fmt::format("{} is a trade calibration; only `equilibrium` can use it",
                            std::filesystem::path(file_.name()).filename().string()),
                file_.name(), "name a world, or ask `linchpin equilibrium` about this file");
  }
  auto const version = file_.number_attribute("linchpin_format");
  if (!version) return unfit("the attribute 'linchpin_format' is missing");
  if (*version != world_format_version) {
    return fail(ErrorCode::bad_format,
                fmt::format("the file has layout version {}, this program reads version {}",
                            *version, world_format_version),
                file_.name(), "use the version of linchpin that wrote it, or a newer one");
  }
  auto& info = table_.info;
  info.title = text("title");
  info.source = text("source");
  info.licence = text("license");
  info.history = text("history");
  info.price_basis = text("price_basis");
  info.unit = {text("currency"), number("currency_scale", 1.0)};
  auto const year = number("reference_year", 0);
  constexpr double latest_year = 1e6;
  if (!(std::abs(year) < latest_year)) return unfit("the attribute 'reference_year' is no year");
  info.year = static_cast<int>(year);
  if (!(std::isfinite(info.unit.scale) && info.unit.scale > 0)) {
    return unfit("the attribute 'currency_scale' is not a number above zero");
  }
  info.estimated = number("estimated", 0) != 0;
  return {};
}

/// Before any array is read: a hostile file may claim any size.
Result<void> WorldReader::check_sizes() {
  double cells = 0;
  for (auto const* name : {"region", "sector", "industry", "buyer"}) {
    auto const length = file_.dimension(name);
    if (!length || *length == 0) return unfit(fmt::format("the dimension '{}' is missing", name));
    cells = std::max(cells, static_cast<double>(*length));
  }
  for (auto const* name : {"category", "final_column", "value_added_row", "account"}) {
    cells = std::max(cells, static_cast<double>(file_.dimension(name).value_or(0)));
  }
  constexpr double bytes_per_label = 32;
  if (cells * bytes_per_label > static_cast<double>(options_.memory_limit)) {
    return fail(ErrorCode::too_large, fmt::format("a dimension has {:.0f} entries", cells),
                file_.name(), "use a smaller world");
  }
  if (*file_.dimension("industry") != *file_.dimension("buyer")) {
    return unfit("the dimensions 'industry' and 'buyer' differ");
  }
  return {};
}

Result<void> WorldReader::read_regions() {
  auto labels = file_.texts("region", {"region"});
  if (!labels) return fail(labels.error());
  auto names = file_.texts("region_name", {"region"});
  if (!names) return fail(names.error());
  auto const members = file_.texts("region_members", {"region"});
  if (!members) return fail(members.error());
  for (std::size_t r = 0; r < labels->size(); ++r) {
    table_.labels.regions.push_back(
        {std::move((*labels)[r]), std::move((*names)[r]), split_at_blanks((*members)[r])});
  }
  return {};
}

Result<void> WorldReader::read_sectors() {
  auto labels = file_.texts("sector", {"sector"});
  if (!labels) return fail(labels.error());
  auto names = file_.texts("sector_name", {"sector"});
  if (!names) return fail(names.error());
  auto const services = file_.integers("sector_service", {"sector"});
  if (!services) return fail(services.error());
  for (std::size_t s = 0; s < labels->size(); ++s) {
    table_.labels.sectors.push_back(
        {std::move((*labels)[s]), std::move((*names)[s]), (*services)[s] != 0});
  }
  return {};
}

Result<void> WorldReader::read_industries() {
  auto const regions = file_.integers("industry_region", {"industry"});
  if (!regions) return fail(regions.error());
  auto const sectors = file_.integers("industry_sector", {"industry"});
  if (!sectors) return fail(sectors.error());
  auto const outside = [](std::int32_t position, std::size_t size) {
    return position < 0 || static_cast<std::size_t>(position) >= size;
  };
  for (std::size_t i = 0; i < regions->size(); ++i) {
    if (outside((*regions)[i], table_.labels.regions.size()) ||
        outside((*sectors)[i], table_.labels.sectors.size())) {
      return unfit(fmt::format("industry {} names a region or sector that does not exist", i));
    }
    table_.labels.industries.push_back({RegionId{static_cast<std::size_t>((*regions)[i])},
                                        SectorId{static_cast<std::size_t>((*sectors)[i])}});
  }
  return {};
}

Result<void> WorldReader::read_final_demand() {
  if (number("final_demand_categories", 0) == 0) return {};
  auto labels = file_.texts("category", {"category"});
  if (!labels) return fail(labels.error());
  auto names = file_.texts("category_name", {"category"});
  if (!names) return fail(names.error());
  auto const inventories = file_.integers("category_inventory_change", {"category"});
  if (!inventories) return fail(inventories.error());
  for (std::size_t c = 0; c < labels->size(); ++c) {
    table_.labels.categories.push_back(
        {std::move((*labels)[c]), std::move((*names)[c]), (*inventories)[c] != 0});
  }
  if (file_.dimension("final_column").value_or(0) != table_.labels.final_columns()) {
    return unfit("there is not one column of final demand per region and category");
  }
  return {};
}

Result<void> WorldReader::read_value_added() {
  if (number("value_added_rows", 0) == 0) return {};
  auto rows = file_.texts("value_added_row", {"value_added_row"});
  if (!rows) return fail(rows.error());
  table_.labels.value_added_rows = std::move(*rows);
  return {};
}

Result<void> WorldReader::read_numbers() {
  auto const n = table_.size();
  auto const columns = table_.labels.final_columns();
  auto const rows = table_.labels.value_added_rows.size();
  if (auto const done = read_flows(n, columns, rows); !done) return done;
  table_.Y = DenseMatrix(n, columns);
  table_.value_added = DenseMatrix(rows, n);
  table_.output.assign(n, 0.0);
  if (auto const done = file_.doubles("output", {"industry"}, table_.output); !done) return done;
  if (columns > 0) {
    auto const done = file_.doubles("Y", {"industry", "final_column"}, table_.Y.values());
    if (!done) return done;
  }
  if (rows == 0) return {};
  return file_.doubles("value_added", {"value_added_row", "industry"}, table_.value_added.values());
}

/// Z in whatever way it was stored; memory for everything else is checked on the way.
Result<void> WorldReader::read_flows(std::size_t n, std::size_t columns, std::size_t rows) {
  MemoryNeed need{.industries = n, .final_columns = columns, .value_added_rows = rows};
  auto const& limit = options_.memory_limit;
  if (file_.has_variable("Z_row_start")) {
    need.bytes_per_flow = 0;
    if (auto const done = check_memory(need, limit, file_.name()); !done) return done;
    return read_sparse_flows(n);
  }
  bool const single = file_.is_float("Z");
  if (single) need.bytes_per_flow = sizeof(float);
  if (auto const done = check_memory(need, limit, file_.name()); !done) return done;
  try {
    if (single) {
      FlowMatrix::FloatVector cells(n * n);
      if (auto const done = file_.floats("Z", {"industry", "buyer"}, cells); !done) return done;
      table_.Z = FlowMatrix(n, n, std::move(cells));
      return {};
    }
    table_.Z = FlowMatrix(n, n);
  } catch (std::bad_alloc const&) {
    return out_of_memory(need, file_.name());
  }
  return file_.doubles("Z", {"industry", "buyer"}, table_.Z.values());
}

Result<void> WorldReader::read_sparse_flows(std::size_t n) {
  CsrMatrix flows(n, n);
  DenseVector starts(n + 1, 0.0);
  if (auto const done = file_.doubles("Z_row_start", {"flow_row"}, starts); !done) return done;
  auto const cells = file_.dimension("flow").value_or(0);
  double last = 0;
  for (std::size_t i = 0; i <= n; ++i) {
    bool const fits = starts[i] >= last && starts[i] <= static_cast<double>(cells) &&
                      starts[i] == std::floor(starts[i]);
    if (!fits) return unfit(fmt::format("the flows of industry {} are out of order", i));
    last = starts[i];
    flows.row_start[i] = static_cast<std::size_t>(starts[i]);
  }
  if (starts[0] != 0 || last != static_cast<double>(cells)) {
    return unfit("the sparse flows do not add up to all cells");
  }
  constexpr double bytes_per_cell = 16;
  if (static_cast<double>(cells) * bytes_per_cell > static_cast<double>(options_.memory_limit)) {
    return fail(ErrorCode::too_large, fmt::format("the table has {} flows", cells), file_.name(),
                memory_ways_out());
  }
  if (cells > 0) {
    auto const buyers = file_.integers("Z_buyer", {"flow"});
    if (!buyers) return fail(buyers.error());
    flows.column.reserve(cells);
    for (std::size_t i = 0; i < n; ++i) {
      for (auto k = flows.row_start[i]; k < flows.row_start[i + 1]; ++k) {
        auto const buyer = (*buyers)[k];
        bool const ascending = k == flows.row_start[i] || buyer > (*buyers)[k - 1];
        if (buyer < 0 || static_cast<std::size_t>(buyer) >= n || !ascending) {
          return unfit(fmt::format("a flow of industry {} has no place", i));
        }
        flows.column.push_back(static_cast<std::uint32_t>(buyer));
      }
    }
    flows.value.assign(cells, 0.0);
    if (auto const done = file_.doubles("Z_flow", {"flow"}, flows.value); !done) return done;
  }
  table_.Z = std::move(flows);
  return {};
}

Result<void> WorldReader::read_satellites() {
  if (!file_.has_variable("account")) return {};
  auto labels = file_.texts("account", {"account"});
  if (!labels) return fail(labels.error());
  auto units = file_.texts("account_unit", {"account"});
  if (!units) return fail(units.error());
  auto const columns = table_.labels.final_columns();
  auto& accounts = table_.satellites;
  double const bytes =
      8.0 * static_cast<double>(labels->size()) * static_cast<double>(table_.size() + columns);
  if (bytes > static_cast<double>(options_.memory_limit)) {
    return fail(ErrorCode::too_large, fmt::format("the table has {} accounts", labels->size()),
                file_.name(), "use a world with fewer satellite accounts");
  }
  for (std::size_t k = 0; k < labels->size(); ++k) {
    accounts.rows.push_back({std::move((*labels)[k]), std::move((*units)[k])});
  }
  accounts.F = DenseMatrix(labels->size(), table_.size());
  accounts.F_Y = DenseMatrix(labels->size(), columns);
  if (auto const done = file_.doubles("F", {"account", "industry"}, accounts.F.values()); !done) {
    return done;
  }
  if (columns == 0) return {};
  return file_.doubles("F_Y", {"account", "final_column"}, accounts.F_Y.values());
}

}  // namespace

Result<Table> read_world(std::filesystem::path const& path, WorldReadOptions const& options) {
  auto file = NetcdfReader::open(path, options.memory_limit);
  if (!file) return fail(file.error());
  return WorldReader(std::move(*file), options).read();
}

}  // namespace linchpin
