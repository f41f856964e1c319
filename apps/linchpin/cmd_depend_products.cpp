// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "apps/linchpin/depend_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/depend/product_dependence.h"
#include "linchpin/results/concentration_tables.h"
#include "linchpin/results/product_trade_json.h"
#include "linchpin/results/number_text.h"
#include "linchpin/table/region_groups.h"
#include "linchpin/table/trade/product_concordance.h"

namespace linchpin::app {
namespace {

constexpr double gib = 1024.0 * 1024.0 * 1024.0;

struct ProductOptions {
  CLI::App const* depend = nullptr;
  std::vector<std::string> files;
  std::vector<std::string> countries, groups;
  std::string map, codes, csv;
  std::optional<int> year;
  std::size_t top = 20;
  bool detail = false;
  double memory = 4;  ///< GiB
  depend::CriticalThresholds thresholds;
};

Result<std::vector<TradeBuyer>> buyers_of(ProductOptions const& options) {
  std::vector<TradeBuyer> buyers;
  ErrorList errors;
  for (auto const& country : options.countries) buyers.push_back({country, {country}});
  for (auto const& text : options.groups) {
    auto group = parse_region_group(text, "--group");
    if (group) {
      buyers.push_back({std::move(group->label), std::move(group->members)});
    } else {
      errors.add(group.error());
    }
  }
  if (options.countries.empty() && options.groups.empty()) {
    errors.add(ErrorCode::bad_usage, "nobody is named whose imports to look at", "command line",
               "give --buyer DEU or --group EU=DEU,FRA");
  }
  if (!errors.empty()) return fail(errors.joined());
  return buyers;
}

/// A bare word is a shipped concordance, anything with a folder or an extension a path.
std::filesystem::path concordance_path(std::string const& name, Context const& context) {
  std::filesystem::path const path{name};
  if (path.has_parent_path() || path.has_extension()) return path;
  return context.data_dir / "products" / (name + ".csv");
}

/// Trade by product or, with a concordance, by sector, and what to know of it.
struct TradeRead {
  ProductTrade trade;
  ProductTradeFindings findings;
};

Result<TradeRead> read_trade(ProductOptions const& options, std::vector<TradeBuyer> buyers,
                             Context const& context) {
  ErrorList errors;
  std::optional<ProductConcordance> map;
  if (!options.map.empty()) {
    auto read = read_product_concordance(concordance_path(options.map, context));
    if (read) {
      map = *std::move(read);
    } else {
      errors.add(read.error());
    }
  }
  std::vector<std::filesystem::path> const paths(options.files.begin(), options.files.end());
  auto trade =
      read_product_trade(paths,
                         {.buyers = std::move(buyers),
                          .codes = options.codes,
                          .year = options.year,
                          .memory_limit = static_cast<std::uint64_t>(options.memory * gib)},
                         run_control(context));
  finish_progress();
  if (!trade) errors.add(trade.error());
  if (!errors.empty()) return fail(errors.joined());
  TradeRead result;
  if (trade->odd_codes > 0) {
    result.findings.warnings.push_back(
        fmt::format("{} an odd number of digits: a spreadsheet may have taken "
                    "leading zeros away, and a concordance would miss or confuse them",
                    count_words(trade->odd_codes, "product has", "products have")));
  }
  if (trade->own_rows > 0) {
    result.findings.warnings.push_back(fmt::format(
        "{} left out: trade of a country with itself",
        count_words(trade->own_rows, "line was", "lines were")));
  }
  if (!map) {
    result.trade = *std::move(trade);
    return result;
  }
  auto sectors = trade_by_sector(*trade, *map);
  if (!sectors) return fail(sectors.error());
  result.trade = std::move(sectors->trade);
  result.findings.by_sector = true;
  result.findings.unmatched = std::move(sectors->unmatched);
  if (!result.findings.unmatched.empty()) {
    result.findings.warnings.push_back(fmt::format(
        "{} with {:.3g} % of world trade left out for want of a sector",
        count_words(result.findings.unmatched.size(), "product", "products"), 100 * sectors->unmatched_exports / sectors->all_exports));
  }
  return result;
}

Result<std::vector<ResultTable>> tables_of(ProductTrade const& trade,
                                           ProductOptions const& options) {
  DependenceLabels labels{.product = options.map.empty() ? "product" : "sector",
                          .unit = "as in the file",
                          .products = trade.products,
                          .countries = trade.countries};
  for (auto const& year : trade.years) labels.years.push_back(year.year);
  std::vector<BuyerDependence> buyers;
  for (std::size_t b = 0; b < trade.buyers.size(); ++b) {
    auto products = depend::trade_dependence(trade, b, options.thresholds);
    if (!products) return fail(products.error());
    buyers.push_back({trade.buyers[b].name, *std::move(products)});
  }
  return concentration_tables(buyers, labels, options.top, options.detail);
}

void print_products(ResultTable const& summary, ResultTable const& products,
                    TradeRead const& read) {
  auto const print_columns = [](ResultTable const& table, std::vector<std::string> const& names,
                                std::vector<std::string> const& titles) {
    std::vector<std::vector<std::string>> rows(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      for (auto const& name : names) rows[row].push_back(cell_text(table, name, row));
    }
    print(text_table(titles, rows));
  };
  print_columns(
      summary,
      {"buyer", "trade_year", "imported", "critical", "critical_share", "single_points_of_failure"},
      {"buyer", "year", "imported", "critical", "share of imports", "single points of failure"});
  print_line();
  auto const& product = products.columns[3].name;
  print_columns(
      products,
      {"buyer", "trade_year", product, "imports", "cdi1", "cdi2", "cdi3", "largest_origin",
       "largest_origin_share", "dominant_exporter", "dominant_share", "critical"},
      {"buyer", "year", product, "imports", "CDI1", "CDI2", "CDI3", "largest origin", "its share",
       "world's largest", "its share", "critical"});
  if (products.rows() == 0) print_line("No product is critical or a single point of failure.");
  print_line();
  for (auto const& warning : read.findings.warnings) print(wrap("Note: " + warning));
  print(wrap(dim(fmt::format("{}, {}, {}. {}", count_words(read.trade.rows, "line", "lines"),
                             count_words(read.trade.countries.size(), "country", "countries"),
                             count_words(read.trade.products.size(), product,
                                         std::string(product) + "s"),
                             summary.note))));
}

Result<std::vector<std::filesystem::path>> files_behind(std::vector<std::string> const& names) {
  std::vector<std::filesystem::path> files;
  for (auto const& name : names) {
    if (name.empty()) continue;
    std::error_code failure;
    if (!std::filesystem::is_directory(name, failure)) {
      files.emplace_back(name);
      continue;
    }
    std::vector<std::filesystem::path> inside;
    std::filesystem::recursive_directory_iterator const all(name, failure);
    if (failure) {
      return fail(ErrorCode::unreadable_file, failure.message(), name, "check its permissions");
    }
    for (auto const& entry : all) {
      if (entry.is_regular_file(failure)) inside.push_back(entry.path());
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

Result<void> print_document(std::vector<ResultTable> const& tables, TradeRead const& read,
                            ProductOptions const& options, RunClock const& clock,
                            Context const& context) {
  auto names = options.files;
  names.push_back(options.codes);
  if (!options.map.empty()) names.push_back(concordance_path(options.map, context).string());
  auto const files = files_behind(names);
  if (!files) return fail(files.error());
  Origin origin;
  auto const& limits = options.thresholds;
  origin.options = {{"cdi1_above", limits.concentration},
                    {"cdi2_above", limits.outside_share},
                    {"cdi3_above", limits.substitution},
                    {"dominance_above", limits.world_dominance},
                    {"top", static_cast<std::int64_t>(options.top)},
                    {"detail", options.detail},
                    {"map", options.map},
                    {"year", options.year ? OptionValue{static_cast<std::int64_t>(*options.year)}
                                          : OptionValue{}}};
  if (auto const filled = clock.fill(origin, *files); !filled) return filled;
  print_line(to_text(product_trade_to_json(read.trade, read.findings, tables, origin)));
  return {};
}

Result<void> run_products(ProductOptions const& options, Context const& context) {
  if (auto const fine = refuse_depend_options(*options.depend, "products"); !fine) return fine;
  RunClock const clock;
  auto buyers = buyers_of(options);
  if (!buyers) return fail(buyers.error());
  if (auto const fine = depend::check(options.thresholds); !fine) return fine;
  if (!options.csv.empty()) {  // before hours of reading
    if (auto const fine = check_output(options.csv, options.files, false); !fine) return fine;
  }
  auto const read = read_trade(options, *std::move(buyers), context);
  if (!read) return fail(read.error());
  auto const tables = tables_of(read->trade, options);
  if (!tables) return fail(tables.error());
  if (!options.csv.empty()) {
    if (auto const done = write_csv_file(tables->back(), options.csv, options.files); !done) {
      return done;
    }
  }
  if (context.json) return print_document(*tables, *read, options, clock, context);
  print_products(tables->front(), tables->back(), *read);
  return {};
}

}  // namespace

void add_depend_products(CLI::App& depend, Context& context, Action& action) {
  auto const options = std::make_shared<ProductOptions>();
  options->depend = &depend;
  auto& command =
      add_table_command(depend, context, action, "products",
                        "Critical imports from files of trade by product (BACI, or tidy CSV)",
                        [options](Context const& each) { return run_products(*options, each); });
  command.add_option("files", options->files, "CSV files, archives or folders of them")->required();
  command.add_option("--buyer", options->countries, "Importing country; repeat for several")
      ->allow_extra_args(false);
  command
      .add_option("--group", options->groups,
                  "Countries taken as one buyer (EU=DEU,FRA); repeat for several")
      ->allow_extra_args(false);
  command.add_option("--map", options->map,
                     "Products to sectors: hs-icio28, or a CSV with hs,sector[,share]");
  command.add_option("--codes", options->codes,
                     "Country codes to labels (CSV: country_code,country_iso3)");
  command.add_option("--year", options->year, "Only this year; default: all");
  command.add_option("--top", options->top, "Longest list of critical products per buyer and year")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command.add_flag("--detail", options->detail, "Every imported product, critical or not");
  auto& limits = options->thresholds;
  command.add_option("--concentration", limits.concentration, "Critical if CDI1 is above this")
      ->capture_default_str();
  command.add_option("--outside-share", limits.outside_share, "Critical if CDI2 is above this")
      ->capture_default_str();
  command.add_option("--substitution", limits.substitution, "Critical if CDI3 is above this")
      ->capture_default_str();
  command
      .add_option("--dominance", limits.world_dominance,
                  "Single point of failure if one exporter's share is above this")
      ->capture_default_str();
  command.add_option("--memory", options->memory, "Memory the sums may take [GiB]")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("--csv", options->csv, "File for the table of products");
}

}  // namespace linchpin::app
