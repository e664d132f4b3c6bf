// Reads feeds with the Node clients: node readers.cjs CLIENT FILE... prints a JSON list of what
// each file held. Needs rss-parser and feedsmith in a node_modules folder above or in NODE_PATH.
const fs = require("node:fs");

const name = (value) => (typeof value === "string" ? value : value?.name);
const listed = (value) => (value === undefined || value === null ? [] : [value].flat());

const clients = {
  async "rss-parser"(text) {
    const Parser = require("rss-parser");
    const feed = await new Parser().parseString(text);
    return {
      title: feed.title,
      entries: feed.items.map((item) => ({
        title: item.title,
        id: item.id ?? item.guid,
        link: item.link,
        published: item.isoDate ?? item.pubDate,
        authors: listed(item.creator ?? item.author),
        terms: item.categories ?? [],
        // Of RSS, `content` is the description.
        content: item.guid ? item["content:encoded"] : item.content,
        summary: item.guid ? item.content : item.summary,
        enclosure: item.enclosure && [item.enclosure.url, item.enclosure.type],
      })),
    };
  },
  async feedsmith(text) {
    const { parseFeed } = require("feedsmith");
    const { format, feed } = parseFeed(text);
    const items = feed.items ?? feed.entries ?? [];
    const title = feed.title?.value ?? feed.title;
    if (format === "atom") {
      return {
        title,
        entries: items.map((item) => ({
          title: item.title?.value ?? item.title,
          id: item.id,
          link: item.links.find((link) => link.rel === "alternate")?.href,
          published: item.published,
          updated: item.updated,
          authors: item.authors.map(name),
          terms: (item.categories ?? []).map((term) => term.term),
          content: item.content?.value ?? item.content,
          summary: item.summary?.value ?? item.summary,
          enclosure: item.links
            .filter((link) => link.rel === "enclosure")
            .map((link) => [link.href, link.type])[0],
        })),
      };
    }
    if (format === "rss") {
      return {
        title,
        entries: items.map((item) => ({
          title: item.title,
          id: item.guid?.value,
          link: item.link,
          published: item.pubDate,
          updated: item.atom?.updated,
          authors: item.dc?.creators ?? listed(item.dc?.creator),
          terms: (item.categories ?? []).map((term) => term.name),
          content: item.content?.encoded,
          summary: item.description,
          enclosure: item.enclosures && [item.enclosures[0].url, item.enclosures[0].type],
        })),
      };
    }
    return {
      title,
      entries: items.map((item) => ({
        title: item.title,
        id: item.id,
        link: item.url,
        published: item.date_published,
        updated: item.date_modified,
        authors: item.authors.map(name),
        terms: item.tags ?? [],
        content: item.content_html,
        summary: item.summary,
        enclosure: item.attachments && [item.attachments[0].url, item.attachments[0].mime_type],
      })),
    };
  },
};

const [client, ...files] = process.argv.slice(2);
Promise.all(files.map((file) => clients[client](fs.readFileSync(file, "utf8")))).then((feeds) =>
  console.log(JSON.stringify(feeds)),
);
