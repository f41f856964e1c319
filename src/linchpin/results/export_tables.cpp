// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/export_tables.h"

#include <array>
#include <string>
#include <utility>

#include "linchpin/results/depend_tables.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

using depend::BmTerms;

constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone

std::string money(depend::ExportBase const& base) {
  return to_string(base.system.economy().info().unit);
}

ResultColumn exporter_column() {
  return text_column("exporter", "Exporter", "Region, or industry as REGION:SECTOR.");
}
ResultColumn importer_column() {
  return text_column("importer", "Importer", "Region that buys directly.");
}

struct Range {
  std::size_t first, last;
};
Range industries_of(depend::ExportBase const& base, depend::Buyer const& exporter) {
  if (exporter.industry) return {exporter.industry->index(), exporter.industry->index() + 1};
  return {base.first(exporter.region.index()), base.last(exporter.region.index())};
}

/// Calls `body(exporter, importer)` for every flow selected that crosses a border.
template <class Body>
void for_flows(ExportSelection const& selection, Body const& body) {
  for (auto const& exporter : selection.exporters) {
    for (auto const importer : selection.importers) {
      if (importer != exporter.region) body(exporter, importer);
    }
  }
}

/// The selection with each exporter's industries as exporters of their own.
ExportSelection by_industry(depend::ExportBase const& base, ExportSelection const& selection) {
  ExportSelection result{.exporters = {}, .importers = selection.importers};
  for (auto const& exporter : selection.exporters) {
    auto const range = industries_of(base, exporter);
    for (auto i = range.first; i < range.last; ++i) {
      result.exporters.push_back({exporter.region, IndustryId{i}});
    }
  }
  return result;
}

struct BmColumn {
  char const* name;
  char const* title;
  char const* description;
  double (*value)(BmTerms const&);
};

constexpr std::array bm_columns = {
    BmColumn{"exports", "Gross exports", "Sales to other regions.",
             [](BmTerms const& t) { return t.exports; }},
    BmColumn{"DVA", "Domestic value added", "Value added of the exporter, counted once.",
             [](BmTerms const& t) { return t.dva(); }},
    BmColumn{"VAX", "Absorbed abroad", "Part of DVA that ends in final use of other regions.",
             [](BmTerms const& t) { return t.vax; }},
    BmColumn{"REF", "Reflection", "Part of DVA that returns and ends in final use at home.",
             [](BmTerms const& t) { return t.ref; }},
    BmColumn{"DDC", "Domestic double counting",
             "Domestic content that crosses the exporter's border more than once.",
             [](BmTerms const& t) { return t.ddc; }},
    BmColumn{"DC", "Domestic content", "DVA and DDC.", [](BmTerms const& t) { return t.dc(); }},
    BmColumn{"FC", "Foreign content", "FVA and FDC.", [](BmTerms const& t) { return t.fc(); }},
    BmColumn{"FVA", "Foreign value added", "Value added of other regions, counted once.",
             [](BmTerms const& t) { return t.fva; }},
    BmColumn{"FDC", "Foreign double counting",
             "Foreign content that crosses the exporter's border more than once.",
             [](BmTerms const& t) { return t.fdc; }},
    BmColumn{"DAVAX", "Absorbed by the direct importer",
             "Part of VAX that crosses one border only.", [](BmTerms const& t) { return t.davax; }},
    BmColumn{"VAXIM", "Absorbed in the importer",
             "Part of VAX that ends in final use of the direct importer, whatever the way.",
             [](BmTerms const& t) { return t.vaxim; }},
    BmColumn{"GVC", "In global value chains", "Exports that cross more than one border.",
             [](BmTerms const& t) { return t.gvc(); }},
    BmColumn{"GVCB", "Backward", "Imported content and what returned: FC and DDC.",
             [](BmTerms const& t) { return t.gvc_backward(); }},
    BmColumn{"GVCF", "Forward", "Domestic value added that the importer sends on.",
             [](BmTerms const& t) { return t.gvc_forward(); }}};

void add_bm_columns(ResultTable& table, std::string const& unit) {
  for (auto const& column : bm_columns) {
    table.columns.push_back(number_column(column.name, column.title, unit, column.description));
  }
  table.columns.push_back(number_column("participation", "Participation", "share of exports",
                                        "GVC over exports.", "there are no exports"));
}

void write_bm(RowWriter& row, BmTerms const& terms) {
  for (auto const& column : bm_columns) row << column.value(terms);
  row << (terms.exports > 0 ? std::optional{terms.gvc() / terms.exports} : std::nullopt);
}

ResultColumn approach_column() {
  return text_column(
      "approach", "Counted",
      "source: the first time value added leaves the exporter; sink: the last time.");
}

ResultTable bm_flows(depend::ExportBase const& base, depend::BmDetail const& detail,
                     std::string const& approach, ExportSelection const& selection,
                     std::string name, std::string title) {
  ResultTable table{std::move(name),
                    std::move(title),
                    "Source- and sink-based terms differ by partner and agree in total.",
                    true,
                    {}};
  table.columns = {exporter_column(), importer_column(), approach_column()};
  add_bm_columns(table, money(base));
  RowWriter row(table);
  for_flows(selection, [&](depend::Buyer const& exporter, RegionId importer) {
    BmTerms sum;
    auto const range = industries_of(base, exporter);
    for (auto i = range.first; i < range.last; ++i) sum += detail.at(i, importer.index());
    row << buyer_label(base.space(), exporter) << base.space().label(importer) << approach;
    write_bm(row, sum);
  });
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

using WwzSums = std::array<double, depend::wwz_terms + 1>;  // and exports

WwzSums wwz_sums(depend::WwzDetail const& detail, Range industries, std::size_t importer) {
  WwzSums sums{};
  for (auto i = industries.first; i < industries.last; ++i) {
    for (std::size_t k = 0; k < depend::wwz_terms; ++k) sums[k] += detail.terms[k](i, importer);
    sums[depend::wwz_terms] += detail.exports(i, importer);
  }
  return sums;
}

void add_wwz_columns(ResultTable& table, std::string const& unit) {
  for (std::size_t k = 0; k < depend::wwz_terms; ++k) {
    table.columns.push_back(number_column(std::string(depend::wwz_names[k]),
                                          std::string(depend::wwz_names[k]), unit,
                                          std::string(depend::wwz_meanings[k]) + "."));
  }
  table.columns.push_back(number_column("exports", "Gross exports", unit, "Sum of the terms."));
}

ResultTable wwz_flows(depend::ExportBase const& base, depend::WwzDetail const& detail,
                      ExportSelection const& selection, std::string name, std::string title) {
  ResultTable table{
      std::move(name), std::move(title), "Terms mix source- and sink-based counting.", true, {}};
  table.columns = {exporter_column(), importer_column()};
  add_wwz_columns(table, money(base));
  RowWriter row(table);
  for_flows(selection, [&](depend::Buyer const& exporter, RegionId importer) {
    row << buyer_label(base.space(), exporter) << base.space().label(importer);
    for (double const value : wwz_sums(detail, industries_of(base, exporter), importer.index())) {
      row << value;
    }
  });
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

ResultTable wwz_third(depend::ExportBase const& base, depend::WwzDetail const& detail,
                      ExportSelection const& selection) {
  auto const& space = base.space();
  auto const G = space.regions();
  ResultTable table{"wwz_third",
                    "Value added in exports by third country",
                    "The third country is where value added goes next or is absorbed (DVA_INTrex*, "
                    "RDV_FIN2), or where it comes from (OVA_*, ODC).",
                    false,
                    {}};
  table.columns = {exporter_column(), importer_column(),
                   text_column("third", "Third country", "Neither exporter nor importer.")};
  for (auto const term : depend::wwz_third_terms) {
    auto const k = static_cast<std::size_t>(term);
    table.columns.push_back(number_column(std::string(depend::wwz_names[k]),
                                          std::string(depend::wwz_names[k]), money(base),
                                          std::string(depend::wwz_meanings[k]) + "."));
  }
  RowWriter row(table);
  for_flows(selection, [&](depend::Buyer const& exporter, RegionId importer) {
    auto const range = industries_of(base, exporter);
    for (std::size_t t = 0; t < G; ++t) {
      if (RegionId{t} == exporter.region || RegionId{t} == importer) continue;
      row << buyer_label(space, exporter) << space.label(importer) << space.label(RegionId{t});
      for (auto const& split : detail.by_third) {
        double sum = 0;
        for (auto i = range.first; i < range.last; ++i) sum += split(i, importer.index() * G + t);
        row << sum;
      }
    }
  });
  return table;
}

}  // namespace

ResultTable kww_table(depend::ExportBase const& base, std::span<depend::KwwTerms const> terms,
                      ExportSelection const& selection) {
  static constexpr std::array<char const*, 9> meanings = {
      "Domestic value added in final goods, absorbed by the importer.",
      "Domestic value added in intermediates, absorbed by the importer.",
      "Domestic value added re-exported to third countries.",
      "Domestic value added that returns in final goods.",
      "Domestic value added that returns in intermediates.",
      "Domestic content counted twice.",
      "Foreign value added in final goods.",
      "Foreign value added in intermediates.",
      "Foreign content counted twice."};
  ResultTable table{"kww",
                    "Gross exports in nine terms",
                    "Valid for whole countries only. VAX = T1 + T2 + T3, reflection = T4 + T5.",
                    true,
                    {}};
  table.columns.push_back(exporter_column());
  auto const unit = money(base);
  for (std::size_t k = 0; k < meanings.size(); ++k) {
    auto const name = "T" + std::to_string(k + 1);
    table.columns.push_back(number_column(name, name, unit, meanings[k]));
  }
  table.columns.push_back(number_column("exports", "Gross exports", unit, "Sum of the terms."));
  RowWriter row(table);
  for (auto const& exporter : selection.exporters) {
    auto const& of = terms[exporter.region.index()];
    row << base.space().label(exporter.region);
    for (double const value : of.terms) row << value;
    row << of.exports;
  }
  return table;
}

std::vector<ResultTable> bm_tables(depend::ExportBase const& base, depend::BmDetail const& detail,
                                   std::string const& approach, ExportSelection const& selection) {
  ResultTable table{"bm",
                    "Value added in exports",
                    "Exports to the importers selected, all if none is.",
                    true,
                    {}};
  table.columns = {exporter_column(), approach_column()};
  add_bm_columns(table, money(base));
  RowWriter row(table);
  for (auto const& exporter : selection.exporters) {
    BmTerms sum;
    auto const range = industries_of(base, exporter);
    for (auto i = range.first; i < range.last; ++i) {
      for (auto const importer : selection.importers) sum += detail.at(i, importer.index());
    }
    row << buyer_label(base.space(), exporter) << approach;
    write_bm(row, sum);
  }
  std::vector<ResultTable> tables{std::move(table)};
  if (selection.flows) {
    tables.push_back(bm_flows(base, detail, approach, selection, "bm_flows",
                              "Value added in exports by partner"));
  }
  if (selection.sectors) {
    tables.push_back(bm_flows(base, detail, approach, by_industry(base, selection), "bm_sectors",
                              "Value added in exports by exporting industry and partner"));
  }
  return tables;
}

ResultTable perspectives_table(
    depend::ExportBase const& base,
    std::span<depend::PerspectiveTerms const, depend::perspectives> terms,
    ExportSelection const& selection) {
  ResultTable table{"bm_perspectives",
                    "What is counted once, by whose border counts",
                    "Shares of different perspectives must not be mixed.",
                    true,
                    {}};
  auto const unit = money(base);
  table.columns = {
      exporter_column(),
      importer_column(),
      text_column("perspective", "Perspective", "Whose border counts."),
      number_column("exports", "Gross exports", unit, "Sum of the four terms."),
      number_column("DVA", "Domestic value added", unit, "Of the exporter, counted once."),
      number_column("DDC", "Domestic double counting", unit, "Of the exporter, counted elsewhere."),
      number_column("FVA", "Foreign value added", unit, "Of others, counted once."),
      number_column("FDC", "Foreign double counting", unit, "Of others, counted elsewhere.")};
  RowWriter row(table);
  for_flows(selection, [&](depend::Buyer const& exporter, RegionId importer) {
    auto const range = industries_of(base, exporter);
    for (std::size_t p = 0; p < terms.size(); ++p) {
      std::array<double, 5> sums{};
      for (auto i = range.first; i < range.last; ++i) {
        sums[0] += base.exports(i, importer.index());
        sums[1] += terms[p].dva(i, importer.index());
        sums[2] += terms[p].ddc(i, importer.index());
        sums[3] += terms[p].fva(i, importer.index());
        sums[4] += terms[p].fdc(i, importer.index());
      }
      row << buyer_label(base.space(), exporter) << base.space().label(importer)
          << std::string(depend::perspective_names[p]);
      for (double const sum : sums) row << sum;
    }
  });
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

ResultTable leontief_table(depend::ExportBase const& base, DenseMatrix const& value_added,
                           std::span<depend::Buyer const> sources,
                           std::span<depend::Buyer const> exporters) {
  ResultTable table{"leontief",
                    "Whose value added is in whose exports",
                    "Gross: value added that crosses several borders is counted at each. Over all "
                    "sources it adds up to gross exports.",
                    true,
                    {}};
  table.columns = {text_column("source", "Source", "Where value was added."), exporter_column(),
                   number_column("value_added", "Value added", money(base),
                                 "Of the source in the exporter's gross exports.")};
  RowWriter row(table);
  for (std::size_t k = 0; k < sources.size(); ++k) {
    for (auto const& exporter : exporters) {
      double sum = 0;
      auto const range = industries_of(base, exporter);
      for (auto j = range.first; j < range.last; ++j) sum += value_added(k, j);
      row << buyer_label(base.space(), sources[k]) << buyer_label(base.space(), exporter) << sum;
    }
  }
  table.in_report = table.rows() <= longest_in_report;
  return table;
}

std::vector<ResultTable> wwz_tables(depend::ExportBase const& base, depend::WwzDetail const& detail,
                                    ExportSelection const& selection) {
  ResultTable table{"wwz",
                    "Gross exports in sixteen terms",
                    "Terms mix source- and sink-based counting.",
                    true,
                    {}};
  table.columns = {exporter_column()};
  add_wwz_columns(table, money(base));
  RowWriter row(table);
  for (auto const& exporter : selection.exporters) {
    WwzSums total{};
    for (auto const importer : selection.importers) {
      auto const sums = wwz_sums(detail, industries_of(base, exporter), importer.index());
      for (std::size_t k = 0; k < sums.size(); ++k) total[k] += sums[k];
    }
    row << buyer_label(base.space(), exporter);
    for (double const value : total) row << value;
  }
  std::vector<ResultTable> tables{std::move(table)};
  if (selection.flows) {
    tables.push_back(wwz_flows(base, detail, selection, "wwz_flows", "Sixteen terms by partner"));
  }
  if (selection.sectors) {
    tables.push_back(wwz_flows(base, detail, by_industry(base, selection), "wwz_sectors",
                               "Sixteen terms by exporting industry and partner"));
  }
  if (!detail.by_third.front().empty()) tables.push_back(wwz_third(base, detail, selection));
  return tables;
}

}  // namespace linchpin
