// What is in folders that were dropped on the page, or chosen.

// isLitter tells whether a file was put into a folder by an operating system for
// itself. Nobody means to send it.
export function isLitter(name) {
  return /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i.test(name);
}

// withoutLitter takes such files out of folders; files is {file, path}.
export function withoutLitter(files) {
  return files.filter(({ path }) => !path.includes("/") || !isLitter(path.split("/").pop()));
}

async function entriesOf(folder) {
  const reader = folder.createReader(), all = [];
  for (;;) { // a hundred entries at a time
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) {
      return all;
    }
    all.push(...some);
  }
}

// filesOf walks through what was dropped, FileSystemEntries, and returns it as
// {file, path}. An empty folder has no file.
export async function filesOf(entries, above = "") {
  const files = [];
  for (const entry of entries) {
    const path = above + entry.name;
    try {
      if (entry.isFile) {
        files.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path });
        continue;
      }
      const inside = withoutLitter(await filesOf(await entriesOf(entry), path + "/"));
      files.push(...inside.length ? inside : [{ file: null, path }]);
    } catch (err) { // unreadable: left out
    }
  }
  return files;
}
