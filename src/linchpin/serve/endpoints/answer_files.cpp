// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/answer_files.h"

#include "linchpin/results/outputs.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin::serve {

Result<void> write_document(Json const& document, std::filesystem::path const& folder) {
  return write_text_atomically(folder / "results.json", to_text(document) + "\n");
}

Result<void> write_document_and_tables(Json const& document, ResultSet const& results,
                                       std::filesystem::path const& folder,
                                       std::string const& report_html) {
  OutputFormats const tables{
      .html = !report_html.empty(), .json = false, .netcdf = true, .csv = true};
  if (auto const written = write_outputs(results, folder, report_html, tables); !written) {
    return fail(written.error());
  }
  return write_document(document, folder);
}

}  // namespace linchpin::serve
