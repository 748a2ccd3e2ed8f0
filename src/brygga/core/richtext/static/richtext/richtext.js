// Puts an editor in the place of each rich textarea. Without it the textarea works by itself.

const WORD_NUMBER = /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i;

const BOLD = /(?<![\w-])font-weight:\s*(bold|[6-9]00)/;
const NOT_BOLD = /(?<![\w-])font-weight:\s*(normal|400)/;

// Word's lists are paragraphs with a mark in them, and its headings have levels that ours have not.
// Styles are only read: the content security policy lets no document have them inline.
export function fromClipboard(html) {
  const unstyled = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-look=");
  const page = new DOMParser().parseFromString(unstyled, "text/html");
  wordLists(page);
  for (const heading of page.querySelectorAll("h1, h2, h5, h6")) {
    rename(heading, heading.localName < "h4" ? "h3" : "h4");
  }
  for (const part of page.querySelectorAll("b[data-look], span[data-look]")) {
    if (NOT_BOLD.test(part.dataset.look)) rename(part, "span");
    else if (BOLD.test(part.dataset.look)) rename(part, "strong");
  }
  // What Word and LibreOffice leave empty between paragraphs is distance, not text.
  for (const empty of page.querySelectorAll("p")) if (!empty.textContent.trim()) empty.remove();
  return page.body.innerHTML;
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

function wordLists(page) {
  const items = page.querySelectorAll('p[data-look*="mso-list:"]:not([data-look*="mso-list:none"])');
  for (const item of items) {
    const mark = item.querySelector('[data-look*="mso-list:"]');
    const kind = WORD_NUMBER.test(mark?.textContent.trim() ?? "") ? "ol" : "ul";
    mark?.remove();
    const before = item.previousElementSibling;
    const list = before?.localName === kind && before.dataset.word ? before : page.createElement(kind);
    list.dataset.word = "yes";
    if (list !== before) item.before(list);
    const entry = page.createElement("li");
    entry.append(...item.childNodes);
    list.append(entry);
    item.remove();
  }
}

function extensions(kit) {
  const allowed = (address) => /^(https:\/\/|mailto:)/i.test(address);
  return [
    kit.Document,
    kit.Text,
    kit.Paragraph,
    kit.HardBreak,
    kit.History,
    kit.Bold,
    kit.Italic,
    kit.Heading.configure({ levels: [3, 4] }),
    kit.BulletList,
    kit.OrderedList,
    kit.ListItem.extend({ content: "paragraph" }),
    kit.Blockquote.extend({ content: "paragraph+" }),
    kit.Link.configure({ openOnClick: false, defaultProtocol: "https", isAllowedUri: allowed }),
  ];
}

const TOOLS = {
  bold: [(run) => run.toggleBold(), (editor) => editor.isActive("bold")],
  italic: [(run) => run.toggleItalic(), (editor) => editor.isActive("italic")],
  heading: [(run) => run.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  subheading: [(run) => run.toggleHeading({ level: 4 }), (editor) => editor.isActive("heading", { level: 4 })],
  bullets: [(run) => run.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  numbers: [(run) => run.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  quote: [(run) => run.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
  undo: [(run) => run.undo()],
  redo: [(run) => run.redo()],
};

function button(name, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.dataset.tool = name;
  return made;
}

function toolbar(editor, labels) {
  const bar = document.createElement("div");
  bar.className = "rich-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", labels.tools);
  const toggles = [];
  for (const [name, [run, isOn]] of Object.entries(TOOLS)) {
    const tool = button(name, labels[name]);
    tool.addEventListener("click", () => run(editor.chain().focus()).run());
    if (isOn) toggles.push([tool, isOn]);
    bar.append(tool);
  }
  const link = button("link", labels.link);
  toggles.push([link, () => editor.isActive("link")]);
  bar.insertBefore(link, bar.querySelector('[data-tool="undo"]'));
  bar.append(linkField(editor, link, labels));
  const show = () => toggles.forEach(([tool, isOn]) => tool.setAttribute("aria-pressed", String(isOn(editor))));
  editor.on("transaction", show);
  show();
  return bar;
}

function linkField(editor, opener, labels) {
  const row = document.createElement("div");
  row.className = "rich-link";
  row.hidden = true;
  const label = document.createElement("label");
  const address = document.createElement("input");
  address.placeholder = "https://";
  label.append(labels.address, " ", address);
  const done = button("link-done", labels.done);
  row.append(label, done);
  opener.addEventListener("click", () => {
    row.hidden = !row.hidden;
    address.value = editor.getAttributes("link").href ?? "";
    if (!row.hidden) address.focus();
  });
  const close = () => {
    row.hidden = true;
    editor.commands.focus();
  };
  done.addEventListener("click", () => {
    const written = address.value.trim();
    const run = editor.chain().focus().extendMarkRange("link");
    const href = /^[a-z]+:/i.test(written) ? written : `https://${written}`;
    if (!written) run.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      run.insertContent({ type: "text", text: written, marks: [{ type: "link", attrs: { href } }] }).run();
    } else run.setLink({ href }).run();
    close();
  });
  row.addEventListener("input", (event) => event.stopPropagation());
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && event.target === address) {
      event.preventDefault();
      done.click();
    }
  });
  return row;
}

async function mount(area) {
  area.dataset.bryggaMounted = "yes";
  const kit = await import(area.dataset.bryggaRich);
  const labels = JSON.parse(area.dataset.labels);
  const place = document.createElement("div");
  place.className = "rich-editor";
  const label = document.querySelector(`label[for="${area.id}"]`);
  if (label) label.id ||= `${area.id}_label`;
  const editor = new kit.Editor({
    element: place,
    extensions: extensions(kit),
    content: area.dataset.markup,
    injectCSS: false,
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": label?.id ?? "",
        "aria-describedby": area.getAttribute("aria-describedby") ?? "",
        dir: "auto",
      },
      transformPastedHTML: fromClipboard,
    },
    onUpdate() {
      area.value = editor.isEmpty ? "" : editor.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  place.prepend(toolbar(editor, labels));
  area.before(place);
  area.hidden = true;
  document.getElementById(`${area.id}_signs`)?.setAttribute("hidden", "");
  label?.addEventListener("click", () => editor.commands.focus());
}

function prepare(root) {
  root.querySelectorAll("textarea[data-brygga-rich]:not([data-brygga-mounted])").forEach(mount);
}
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
