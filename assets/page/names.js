// Names of files.

// baseName is the last part of a path.
export function baseName(path) {
  return path.split("/").pop();
}

// nameAt returns the name of the file or folder at an address without query; ""
// if the name is not UTF-8.
export function nameAt(address) {
  try {
    return decodeURIComponent(baseName(address.replace(/\/$/, "")));
  } catch (err) {
    return "";
  }
}

// stemLength is how much of a name comes before its extension.
export function stemLength(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? dot : name.length;
}

// pastedName returns what a file is called that was pasted. Browsers give
// pictures that have no name one like "image.png"; then it gets a word, the
// time when it was pasted, and a number if it isn't the first of several.
export function pastedName(file, word, when, index) {
  if (file.name && !/^image\.\w+$/.test(file.name)) {
    return file.name;
  }
  const local = new Date(when - 60000 * when.getTimezoneOffset());
  const time = local.toISOString().slice(0, 19).replace("T", " ").replace(/:/g, ".");
  const extension = (file.name.match(/\.\w+$/) || ["." + file.type.replace(/.*\/|\+.*/g, "")])[0];
  return word + " " + time + (index ? " " + (index + 1) : "") + extension;
}
