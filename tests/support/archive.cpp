#include "support/archive.h"

#include <cstddef>
#include <memory>
#include <stdexcept>

#include <zip.h>

namespace farol::testing {

std::string make_archive(const std::vector<std::pair<std::string, std::string>>& parts) {
  const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> target{zip_source_buffer_create(nullptr, 0, 0, nullptr),
                                                                      zip_source_free};
  zip_t* archive = target ? zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr) : nullptr;
  if (archive == nullptr) throw std::runtime_error("an archive cannot be made");
  zip_source_keep(target.get());
  for (const auto& [name, content] : parts) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE) < 0) zip_source_free(part);
  }
  std::string bytes;
  if (zip_close(archive) != 0) zip_discard(archive);
  if (zip_source_open(target.get()) != 0) return bytes;  // without parts there is no archive
  zip_source_seek(target.get(), 0, SEEK_END);
  bytes.resize(static_cast<std::size_t>(zip_source_tell(target.get())));
  zip_source_seek(target.get(), 0, SEEK_SET);
  zip_source_read(target.get(), bytes.data(), bytes.size());
  zip_source_close(target.get());
  return bytes;
}

}  // namespace farol::testing
